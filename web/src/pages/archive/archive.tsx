/** The archive: search as you type over everything this person may read; without a query, the meetings that ended. */

import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Found, Hit } from "../../api/types";
import { codeOf, Empty, Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { useTitle } from "../../components/title";
import { withPosition } from "../../format/people";
import { longDate, meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { badgeOf } from "../../state/notula/badge";
import { Search } from "../../state/search";
import "./archive.css";

export function Archive({ query }: { query: string }) {
  const { api, router } = useServices();
  const search = useMemo(() => new Search(api.search), [api]);
  const box = useRef<HTMLInputElement>(null);
  // Before anybody can type: set later, the value would wipe out the first letters of a quick hand.
  useLayoutEffect(() => {
    if (box.current && box.current.value.trim() !== query) box.current.value = query;
    search.type(query, true);
  }, [query]);
  useLayoutEffect(() => {
    box.current?.focus();
    return () => search.stop();
  }, []);
  const typed = (text: string, atOnce = false) => {
    search.type(text, atOnce);
    // The address names the search, so that it can be sent, and the way back leads to it.
    router.go(text.trim() ? `/arsip?q=${encodeURIComponent(text.trim())}` : "/arsip", { replace: true });
  };
  const text = t.value.archive;
  useTitle(text.title);
  return (
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <search>
        <form
          class="search"
          onSubmit={(event) => {
            event.preventDefault();
            typed(box.current?.value ?? "", true);
          }}
        >
          <Icon name="search" />
          <input
            ref={box}
            type="search"
            aria-label={text.label}
            placeholder={text.placeholder}
            autocomplete="off"
            spellcheck={false}
            maxLength={400}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        </form>
      </search>
      <p class="search-hint">{text.hint}</p>
      <Results search={search} />
    </>
  );
}

function Results({ search }: { search: Search }) {
  const now = search.now.value;
  if (now.state === "empty") return <Recent />;
  if (now.state === "failed") return <Failed code={codeOf(now.error)} />;
  const found = now.state === "found" ? now.found : now.before;
  if (!found) return <Loading />;
  return <Hits found={found} busy={now.state === "busy"} more={() => void search.more()} />;
}

function Hits({ found, busy, more }: { found: Found; busy: boolean; more: () => void }) {
  const text = t.value.archive;
  const total = number(found.total, language.value);
  return (
    <section class={busy ? "hits hits-busy" : "hits"} aria-busy={busy}>
      <p class="hits-count" role="status">
        {found.total === 0 ? text.none : found.total_is_exact ? text.results(total) : text.resultsMore(total)}
      </p>
      <ol onKeyDown={walk}>
        {found.items.map((hit) => (
          <HitCard key={hit.line.id} hit={hit} />
        ))}
      </ol>
      {found.next && (
        <button type="button" class="button hits-more" onClick={more}>
          {text.more}
        </button>
      )}
    </section>
  );
}

/** Arrow keys go from hit to hit. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a.hit")];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function HitCard({ hit }: { hit: Hit }) {
  const { line, meeting, snippet } = hit;
  const speaker = line.speaker ?? t.value.transcript.unassigned;
  return (
    <li>
      <a class="hit card" href={hit.url}>
        <p class="hit-text">
          {snippet.map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text))}
        </p>
        <p class="hit-who">
          <strong>{withPosition(speaker, line.position)}</strong>
          <span class="badge">{line.office}</span>
        </p>
        <p class="hit-where">
          <span class="hit-play">
            <Icon name="play" />
            <time class="numbers">{meetingClock(line.start)}</time>
          </span>
          <span>{meeting.title}</span>
          <span>{longDate(new Date(`${meeting.date}T12:00:00Z`), "UTC", language.value)}</span>
        </p>
      </a>
    </li>
  );
}

function Recent() {
  const { api, me } = useServices();
  const loaded = useLoaded(() => api.meetings("ended"), "ended");
  const text = t.value;
  if (!loaded.value)
    return loaded.failed ? <Failed code={loaded.failed} retry={loaded.again} /> : <Loading />;
  return (
    <section class="recent">
      <h2>{text.archive.recent}</h2>
      {loaded.value.items.length === 0 && <Empty>{text.meetings.noneEnded}</Empty>}
      <ul>
        {loaded.value.items.map((meeting) => (
          <li key={meeting.id}>
            <a class="recent-link card" href={`/arsip/${meeting.id}`}>
              <strong>{meeting.title}</strong>
              <span class="soft">
                {longDate(new Date(meeting.starts_at), homeZone(me.value), language.value)}
                {"\u00a0· "}
                <span class="together">{meeting.host_office.short_name}</span>
                {"\u00a0· "}
                <span class="together">{text.meetings.lines(number(meeting.lines, language.value))}</span>
              </span>
              {meeting.notula && (
                <span class={badgeOf(meeting.notula)}>
                  {text.notula.title}: {text.notula.states[meeting.notula]}
                </span>
              )}
              {!meeting.transcript_complete && (
                <span class="badge badge-warn">{text.meetings.incomplete}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
