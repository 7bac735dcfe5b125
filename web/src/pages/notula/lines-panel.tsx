/** The transcript beside the notula, to choose what a statement rests on. All of it by keyboard. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Line } from "../../api/types";
import { Empty, Loading } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { citing as cite, indexed } from "../../state/notula/content";
import { offered } from "../../state/notula/finding";
import { useDesk } from "./desk";

export function LinesPanel() {
  const { citing, manuscript } = useDesk();
  const id = citing.value;
  const found = id === null ? undefined : indexed(manuscript.content.value).get(id);
  if (!id || !found || !manuscript.notula.value.may.edit) return null;
  return <Panel key={id} id={id} cites={found.statement.cites} text={found.statement.text} />;
}

function Panel({ id, cites, text: statement }: { id: string; cites: readonly string[]; text: string }) {
  const { citing, lines, manuscript } = useDesk();
  const [query, setQuery] = useState("");
  const box = useRef<HTMLElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const all = lines.value;
  // Where it opened: the list must not jump with every citation that is added.
  const around = useMemo(() => cites[0] ?? before(manuscript.content.value, id), []);
  const shown = useMemo(() => offered(all ?? [], query, around), [all, query]);
  const text = words.value;
  useEffect(() => {
    search.current?.focus({ preventScroll: true });
    // The list alone scrolls: the page must stay at the statement.
    const row = box.current?.querySelector<HTMLElement>(".panel-row-around");
    if (row?.parentElement) row.parentElement.scrollTop = row.offsetTop - 60;
  }, [all === null]);
  const close = () => {
    citing.value = null;
    requestAnimationFrame(() => document.getElementById(`isi-${id}`)?.focus());
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (walk(box.current, event.key === "ArrowDown" ? 1 : -1, search.current)) event.preventDefault();
    }
  };
  return (
    <section class="panel card" ref={box} aria-label={text.panel} onKeyDown={keys}>
      <header class="panel-head">
        <h2>{text.panel}</h2>
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={t.value.app.close}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </header>
      <p class="panel-for">{statement || text.placeholder}</p>
      <input
        ref={search}
        type="search"
        aria-label={text.panelSearch}
        placeholder={text.panelSearch}
        autocomplete="off"
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <small class="soft panel-lead">{text.panelLead}</small>
      <p role="status" class="visually-hidden">
        {query && text.panelCount(number(shown.lines.length + shown.more, language.value))}
      </p>
      {all === null && <Loading />}
      {all && shown.lines.length === 0 && <Empty>{text.panelNone}</Empty>}
      <ol class="panel-lines">
        {shown.lines.map((line) => (
          <Row key={line.id} line={line} of={id} on={cites.includes(line.id)} around={line.id === around} />
        ))}
      </ol>
      {query && shown.more > 0 && (
        <p class="soft panel-more">{text.panelMore(number(shown.more, language.value))}</p>
      )}
    </section>
  );
}

function Row({ line, of, on, around }: { line: Line; of: string; on: boolean; around: boolean }) {
  const { manuscript, player, playing, starts } = useDesk();
  const text = words.value;
  const at = meetingClock(line.start, true);
  const play = () => {
    playing.value = null;
    if (player.now.value?.line.id === line.id) player.toggle();
    else player.play(line);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "p" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    play();
  };
  return (
    <li class={around ? "panel-row panel-row-around" : "panel-row"}>
      <button
        type="button"
        class="panel-line"
        aria-pressed={on}
        aria-keyshortcuts="P"
        onKeyDown={keys}
        onClick={() => manuscript.change(cite(manuscript.content.value, of, line.id, !on, starts.value))}
      >
        <span class="panel-mark" aria-hidden="true">
          {on && <Icon name="check" />}
        </span>
        <span>
          <span class="panel-who">
            <time class="numbers">{at}</time> {line.speaker ?? t.value.transcript.unassigned}{" "}
            <span class="soft">{line.office}</span>
          </span>
          <span class="panel-text">{line.text}</span>
        </span>
      </button>
      <button
        type="button"
        class="button button-quiet button-icon panel-play"
        tabIndex={-1}
        aria-label={text.panelPlay(at)}
        onClick={play}
      >
        <Icon name="play" />
      </button>
    </li>
  );
}

/** From row to row; from the first one back into the search. */
function walk(box: HTMLElement | null, step: 1 | -1, search: HTMLInputElement | null): boolean {
  const rows = [...(box?.querySelectorAll<HTMLElement>(".panel-line") ?? [])];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at + step < 0 ? search : rows[at + step];
  next?.focus();
  return Boolean(next);
}

/** A line that something near the statement cites: what is not cited yet was said about there. */
function before(content: Parameters<typeof indexed>[0], id: string): string | undefined {
  const all = [...indexed(content).values()];
  const at = all.findIndex(({ statement }) => statement.id === id);
  return all.slice(0, at).findLast(({ statement }) => statement.cites.length > 0)?.statement.cites[0];
}
