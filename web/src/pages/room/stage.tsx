/** The shared screen and the tiles, as large as the window allows; who does not fit is on the next page. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { arrange, capacity, GAP, page, withScreen } from "../../components/layout";
import { t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { onStage, paged } from "../../state/crowd";
import { sharing } from "../../state/room";
import { Reactions } from "./reactions";
import { OwnScreen, Screen } from "./screen";
import { shownName, Tile } from "./tile";
import { useRoom } from "./use-room";
import "./stage.css";

interface Size {
  width: number;
  height: number;
}

const NONE: readonly string[] = [];

export function Stage({ call }: { call: Call }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const sharer = useRoom(call, sharing);
  const self = useRoom(call, (room) => room.seat);
  const others = sharer && sharer.seat !== self ? sharer : null;
  const heard = call.view.mode.value === "audio";
  const screen = heard ? null : others;
  const most = useRoom(call, (room) => room.plan?.cameras ?? 0) + 1;
  const split = screen && withScreen(size.width, size.height, most);
  const area = split?.tiles ?? size;
  const count = useRoom(call, (room) => room.participants.size);
  const fitting = split?.capacity ?? capacity(size.width, size.height, most);
  const places = page(count, fitting, area.width, area.height);
  const crowd = useCrowd(call, places, screen?.seat ?? null);
  const grid = arrange(crowd.seats.length, area.width, area.height);
  useTiles(call, self === null ? null : crowd.seats, grid.height);
  return (
    <main class="stage" aria-label={t.value.room.stage}>
      <OwnScreen call={call} />
      {heard && others && <Unseen call={call} person={others} />}
      <div class={`tiles tiles-${split?.strip ?? "only"}`} ref={box}>
        {split && screen && <Screen call={call} person={screen} area={split.screen} />}
        <ul class="tiles-grid" style={{ width: `${grid.columns * (grid.width + GAP) - GAP}px` }}>
          {crowd.seats.map((seat) => (
            <li key={seat} style={{ width: `${grid.width}px`, height: `${grid.height}px` }}>
              <Tile call={call} seat={seat} />
            </li>
          ))}
        </ul>
      </div>
      {crowd.pages > 1 && places > 0 && <Pager {...crowd} />}
      <Reactions call={call} />
      {count === 1 && call.phase.value === "joined" && <p class="stage-note">{t.value.room.alone}</p>}
    </main>
  );
}

interface Crowd {
  seats: readonly string[];
  page: number;
  pages: number;
  turn: (page: number) => void;
}

/** `presenter`: whose screen is shown, with their face before all others. */
function useCrowd(call: Call, places: number, presenter: string | null): Crowd {
  const [wanted, turn] = useState(0);
  const first = useRef<readonly string[]>([]);
  const participants = useRoom(call, (room) => room.participants);
  const self = useRoom(call, (room) => room.seat);
  // Whoever looks at another page keeps it: speakers come to the first one only while it is looked at.
  const speaking = useRoom(call, (room) => (wanted === 0 ? room.speaking : NONE), wanted === 0);
  const pinned = call.view.pinned.value;
  const front = presenter ? [presenter, ...pinned.filter((seat) => seat !== presenter)] : pinned;
  first.current = onStage(first.current, participants, speaking, self, places, front);
  const order = call.roster.value.map((each) => each.seat);
  return { ...paged(first.current, order, wanted, places), turn };
}

/** Which tiles stand on the page, and how large: the server sends no more than that. Null: not seated yet. */
function useTiles(call: Call, seats: readonly string[] | null, height: number): void {
  useEffect(() => {
    call.view.tiles.value = seats?.map((seat) => ({ seat, height })) ?? null;
  }, [call, seats?.join(), height]);
}

function Pager({ page, pages, turn }: Crowd) {
  const text = t.value.room;
  const button = (label: string, icon: "back" | "forward", to: number) => (
    <button
      type="button"
      class="button button-quiet button-icon"
      aria-label={label}
      title={label}
      // Not `disabled`: a button that goes away under the finger takes the keyboard's place with it.
      aria-disabled={to < 0 || to >= pages}
      onClick={() => to >= 0 && to < pages && turn(to)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <nav class="pager" aria-label={text.pages}>
      {button(text.pageBefore, "back", page - 1)}
      <span class="numbers" role="status">
        {text.page(page + 1, pages)}
      </span>
      {button(text.pageAfter, "forward", page + 1)}
    </nav>
  );
}

/** Whoever wants sound only is told what they do not see. */
function Unseen({ call, person }: { call: Call; person: Participant }) {
  const text = t.value.screen;
  return (
    <div class="unseen" role="status">
      <Icon name="screen" />
      <span>{text.hidden(shownName(person))}</span>
      <button type="button" class="button button-small" onClick={() => call.view.setMode("saving")}>
        {text.show}
      </button>
    </div>
  );
}

function useSize(box: { current: HTMLDivElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: innerWidth, height: innerHeight * 0.7 });
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return size;
}
