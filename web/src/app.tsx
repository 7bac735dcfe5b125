/** Which page an address shows, and who may see it. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "./api/client";
import { Failed, Loading } from "./components/feedback";
import { Shell } from "./components/shell";
import { Invitation } from "./pages/invitation";
import { Lost } from "./pages/lost";
import { Meetings } from "./pages/meetings";
import { SignIn } from "./pages/sign-in";
import type { Route } from "./router";
import { useServices } from "./services";

/** A page in a chunk of its own. */
function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [Page, setPage] = useState<ComponentType<Props> | null>(() => loaded);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Page) return;
      load().then(
        (page) => {
          loaded = page;
          setPage(() => page);
        },
        () => setFailed(true),
      );
    }, [Page]);
    if (failed) return <Failed code="unreachable" retry={() => location.reload()} />;
    return Page ? <Page {...props} /> : <Loading />;
  };
}

const PreJoin = later(() => import("./pages/pre-join").then((page) => page.PreJoin));
const Room = later(() => import("./pages/room/room").then((page) => page.Room));
const Archive = later(() => import("./pages/archive/archive").then((page) => page.Archive));
const NotulaPage = later(() => import("./pages/notula/notula").then((page) => page.NotulaPage));
const Verification = later(() =>
  import("./pages/verification/verification").then((page) => page.Verification),
);
const NewPassword = later(() => import("./pages/new-password").then((page) => page.NewPassword));
const Account = later(() => import("./pages/account").then((page) => page.Account));
const Directory = later(() => import("./pages/directory/directory").then((page) => page.Directory));
const FollowUps = later(() => import("./pages/follow-ups/follow-ups").then((page) => page.FollowUps));
const FollowUp = later(() => import("./pages/follow-ups/item").then((page) => page.FollowUpPage));
const loadTranscript = () => import("./pages/archive/transcript").then((page) => page.TranscriptPage);
const Transcript = later(loadTranscript);

/** Pages for people who are not signed in. */
const OPEN: ReadonlySet<Route["name"]> = new Set(["sign-in", "invitation", "new-password", "verification"]);

export function App() {
  const { router, api, me } = useServices();
  const [unreachable, setUnreachable] = useState(false);
  const ask = () => {
    setUnreachable(false);
    api.me().then(
      (found) => (me.value = found),
      (error) => {
        if (error instanceof ApiError && (error.status === 401 || error.status === 403)) me.value = null;
        else setUnreachable(true);
      },
    );
  };
  useEffect(ask, []);
  const route = router.route.value;
  useEffect(() => {
    // The longest way to the first words: its code comes while it is asked who is here. What fails is asked for again.
    if (route.name === "transcript") loadTranscript().catch(() => undefined);
  }, []);
  const open = OPEN.has(route.name);
  const outside = me.value === null && !open;
  useEffect(() => {
    if (outside)
      router.go(`/masuk?ke=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
  }, [outside, router]);
  // A new page is where the keyboard and the screen reader go on, unless the page has chosen a place of its own.
  useEffect(() => {
    if (document.activeElement === document.body)
      document.getElementById("isi")?.focus({ preventScroll: true });
  }, [route.name]);
  if (route.name === "invitation") return <Invitation token={route.token} />;
  if (route.name === "new-password") return <NewPassword token={route.token} />;
  if (route.name === "verification") return <Verification code={route.code} />;
  if (unreachable) return <Failed code="unreachable" retry={ask} page />;
  if (me.value === undefined || outside) return <Loading page />;
  return <Inside route={route} />;
}

function Inside({ route }: { route: Route }) {
  switch (route.name) {
    case "sign-in":
      return <SignIn after={route.after} />;
    case "room":
      return <Room key={route.meeting} meeting={route.meeting} />;
    case "meetings":
      return (
        <Shell here="meetings">
          <Meetings />
        </Shell>
      );
    case "pre-join":
      return (
        <Shell here="meetings">
          <PreJoin key={route.meeting} meeting={route.meeting} />
        </Shell>
      );
    case "archive":
      return (
        <Shell here="archive">
          <Archive query={route.query} />
        </Shell>
      );
    case "transcript":
      return (
        <Shell here="archive">
          <Transcript key={route.meeting} meeting={route.meeting} line={route.line} />
        </Shell>
      );
    case "notula":
      return (
        <Shell here="archive">
          <NotulaPage key={route.meeting} meeting={route.meeting} />
        </Shell>
      );
    case "directory":
      return (
        <Shell here="directory">
          <Directory part={route.part} office={route.office} />
        </Shell>
      );
    case "follow-ups":
      return (
        <Shell here="follow-ups">
          <FollowUps key={route.scope} scope={route.scope} />
        </Shell>
      );
    case "follow-up":
      return (
        <Shell here="follow-ups">
          <FollowUp key={route.item} id={route.item} />
        </Shell>
      );
    case "account":
      return (
        <Shell here={null}>
          <Account />
        </Shell>
      );
    default:
      return (
        <Shell here={null}>
          <Lost />
        </Shell>
      );
  }
}
