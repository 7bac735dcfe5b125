import { describe, expect, it } from "vitest";
import { match } from "./router";

const at = (path: string) => match(new URL(path, "http://localhost:8000"));

describe("addresses", () => {
  it("knows every page", () => {
    expect(at("/")).toEqual({ name: "meetings" });
    expect(at("/rapat")).toEqual({ name: "meetings" });
    expect(at("/rapat/m1")).toEqual({ name: "pre-join", meeting: "m1" });
    expect(at("/rapat/m1/ruang")).toEqual({ name: "room", meeting: "m1" });
    expect(at("/arsip?q=sengketa")).toEqual({ name: "archive", query: "sengketa" });
    expect(at("/arsip/m1?baris=l9")).toEqual({ name: "transcript", meeting: "m1", line: "l9" });
    expect(at("/arsip/m1/notula")).toEqual({ name: "notula", meeting: "m1" });
    expect(at("/verifikasi")).toEqual({ name: "verification", code: "" });
    expect(at("/verifikasi/ABCD-EFGH-2345-6789")).toEqual({
      name: "verification",
      code: "ABCD-EFGH-2345-6789",
    });
    expect(at("/undangan/a.b-c")).toEqual({ name: "invitation", token: "a.b-c" });
    expect(at("/direktori")).toEqual({ name: "directory", part: "offices", office: "" });
    expect(at("/direktori/orang?satker=bali")).toEqual({ name: "directory", part: "people", office: "bali" });
    expect(at("/direktori/impor")).toEqual({ name: "directory", part: "import", office: "" });
    expect(at("/direktori/nomor")).toEqual({ name: "directory", part: "numbers", office: "" });
    expect(at("/direktori/lain")).toEqual({ name: "unknown" });
    expect(at("/tindak-lanjut?status=late")).toEqual({ name: "follow-ups", scope: "own" });
    expect(at("/tindak-lanjut/semua")).toEqual({ name: "follow-ups", scope: "all" });
    expect(at("/tindak-lanjut/a1")).toEqual({ name: "follow-up", item: "a1" });
    expect(at("/akun")).toEqual({ name: "account" });
    expect(at("/sandi/a_b-c")).toEqual({ name: "new-password", token: "a_b-c" });
    expect(at("/rapat/m1/lain")).toEqual({ name: "unknown" });
    expect(at("/a/b/c/d")).toEqual({ name: "unknown" });
  });

  it("never leads off the site after a sign-in", () => {
    expect(at("/masuk?ke=/arsip")).toEqual({ name: "sign-in", after: "/arsip" });
    expect(at("/masuk?ke=//evil.example")).toEqual({ name: "sign-in", after: "/rapat" });
    expect(at("/masuk?ke=https://evil.example")).toEqual({ name: "sign-in", after: "/rapat" });
  });
});
