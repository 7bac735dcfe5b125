/** Addresses of the page. `match` is pure; `Router` is the one place that touches the history. */

import { type Signal, signal } from "@preact/signals";

export type Route =
  | { name: "sign-in"; after: string }
  | { name: "meetings" }
  | { name: "pre-join"; meeting: string }
  | { name: "room"; meeting: string }
  | { name: "archive"; query: string }
  | { name: "transcript"; meeting: string; line: string | null }
  | { name: "notula"; meeting: string }
  | { name: "verification"; code: string }
  | { name: "invitation"; token: string }
  | { name: "new-password"; token: string }
  | { name: "follow-ups"; scope: "own" | "all" }
  | { name: "follow-up"; item: string }
  | { name: "account" }
  | { name: "directory"; part: DirectoryPart; office: string }
  | { name: "unknown" };

export type DirectoryPart = "offices" | "people" | "import" | "numbers";

/** Only an address on this site may follow a sign-in. */
function inside(path: string | null): string {
  return path?.startsWith("/") && !path.startsWith("//") ? path : "/rapat";
}

export function match(url: URL): Route {
  const [first = "", second = "", third = "", ...rest] = url.pathname
    .split("/")
    .filter(Boolean)
    .map((part) => decodeURIComponent(part));
  if (rest.length > 0) return { name: "unknown" };
  const at = `${first}/${second ? "*" : ""}${third ? `/${third}` : ""}`;
  switch (at) {
    case "/":
    case "rapat/":
      return { name: "meetings" };
    case "masuk/":
      return { name: "sign-in", after: inside(url.searchParams.get("ke")) };
    case "rapat/*":
      return { name: "pre-join", meeting: second };
    case "rapat/*/ruang":
      return { name: "room", meeting: second };
    case "arsip/":
      return { name: "archive", query: url.searchParams.get("q") ?? "" };
    case "arsip/*":
      return { name: "transcript", meeting: second, line: url.searchParams.get("baris") };
    case "arsip/*/notula":
      return { name: "notula", meeting: second };
    case "verifikasi/":
    case "verifikasi/*":
      return { name: "verification", code: second };
    case "direktori/":
      return { name: "directory", part: "offices", office: "" };
    case "direktori/*":
      return directory(second, url.searchParams.get("satker") ?? "");
    case "tindak-lanjut/":
      return { name: "follow-ups", scope: "own" };
    case "tindak-lanjut/*":
      return second === "semua" ? { name: "follow-ups", scope: "all" } : { name: "follow-up", item: second };
    case "akun/":
      return { name: "account" };
    case "sandi/*":
      return { name: "new-password", token: second };
    case "undangan/*":
      return { name: "invitation", token: second };
    default:
      return { name: "unknown" };
  }
}

function directory(part: string, office: string): Route {
  if (part === "orang") return { name: "directory", part: "people", office };
  if (part === "nomor") return { name: "directory", part: "numbers", office: "" };
  return part === "impor" ? { name: "directory", part: "import", office: "" } : { name: "unknown" };
}

export class Router {
  readonly route: Signal<Route>;

  constructor() {
    this.route = signal(match(new URL(location.href)));
    addEventListener("popstate", () => this.read());
    document.addEventListener("click", (event) => this.follow(event));
  }

  go(path: string, options: { replace?: boolean } = {}): void {
    if (options.replace) history.replaceState(null, "", path);
    else history.pushState(null, "", path);
    this.read();
    if (!options.replace) scrollTo(0, 0);
  }

  /** Change what stands in the address line without showing another page. */
  note(path: string): void {
    history.replaceState(null, "", path);
  }

  private read(): void {
    this.route.value = match(new URL(location.href));
  }

  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest("a");
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    if (link.pathname.startsWith("/api/") || (link.hash && link.pathname === location.pathname)) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }
}
