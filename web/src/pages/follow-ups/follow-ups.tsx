/** What offices owe: one's own, and where one's office held the meetings, everybody's. */

import { useEffect, useState } from "preact/hooks";
import { type Board, followUps, type Scope } from "../../api/follow-ups";
import type { Office } from "../../api/types";
import { Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { useTitle } from "../../components/title";
import { t } from "../../locales";
import { useServices } from "../../services";
import { addressOf, askedBy, type FollowUpsAsked } from "../../state/follow-ups";
import { OfficeSelect } from "../directory/fields";
import { Search } from "../directory/offices";
import { useSettled } from "../directory/use-search";
import { Chips } from "./chips";
import { List } from "./list";
import { Categories, Parents } from "./parents";
import { Whole } from "./whole";
import "../directory/directory.css";
import "./follow-ups.css";

export function FollowUps({ scope }: { scope: Scope }) {
  const { router } = useServices();
  const text = t.value.followUps;
  const [asked, ask] = useState<FollowUpsAsked>(() =>
    askedBy(new URLSearchParams(location.search), Object.keys(text.chips)),
  );
  const q = useSettled(asked.q);
  const given = { ...asked, q, scope };
  const where = addressOf(scope, { ...asked, q });
  useEffect(() => router.note(where), [where]);
  useTitle(text.title);
  const board = useLoaded(() => followUps.board(given), JSON.stringify({ ...given, page: 1, status: "" }));
  const list = useLoaded(() => followUps.list(given), JSON.stringify(given));
  const set = (change: Partial<FollowUpsAsked>) => ask((last) => ({ ...last, page: 1, ...change }));
  return (
    <>
      <div class="follow-ups-head">
        <div>
          <h1>{text.title}</h1>
          <p class="lead">{text.lead}</p>
        </div>
        <a class="button" href={followUps.exportFile(given)} download="tindak-lanjut.csv">
          <Icon name="download" />
          {text.export}
        </a>
      </div>
      {(scope === "all" || board.value?.may_see_all) && <Parts scope={scope} />}
      <Filters scope={scope} asked={asked} set={set} />
      {board.failed && <Failed code={board.failed} retry={board.again} />}
      {board.value && <Overview board={board.value} scope={scope} asked={asked} set={set} />}
      {list.failed && !board.failed && <Failed code={list.failed} retry={list.again} />}
      {!list.value && !list.failed && <Loading />}
      {list.value && (
        <List
          {...list.value}
          scope={scope}
          page={asked.page}
          go={(page) => set({ page })}
          none={none(scope, { ...asked, q })}
        />
      )}
    </>
  );
}

function none(scope: Scope, asked: FollowUpsAsked): string {
  const text = t.value.followUps;
  if (asked.q || asked.status || asked.category || asked.office || asked.followUp) return text.noneFits;
  return scope === "all" ? text.noneYetAll : text.noneYet;
}

function Parts({ scope }: { scope: Scope }) {
  const text = t.value.followUps;
  return (
    <nav class="parts" aria-label={text.parts}>
      {(["own", "all"] as const).map((each) => (
        <a key={each} href={addressOf(each, {})} aria-current={each === scope ? "page" : undefined}>
          {text[each]}
        </a>
      ))}
    </nav>
  );
}

interface AskedProps {
  scope: Scope;
  asked: FollowUpsAsked;
  set: (change: Partial<FollowUpsAsked>) => void;
}

function Filters({ scope, asked, set }: AskedProps) {
  const text = t.value.followUps;
  return (
    <search class="filters">
      <Search label={text.search} value={asked.q} change={(q) => set({ q })} />
      <label class="filter">
        <span>{text.category}</span>
        <select
          value={asked.category}
          onChange={(event) => set({ category: event.currentTarget.value as FollowUpsAsked["category"] })}
        >
          <option value="">{text.any}</option>
          {Object.entries(text.categories).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {scope === "all" && <OfficeFilter office={asked.office} change={(office) => set({ office })} />}
    </search>
  );
}

function OfficeFilter({ office, change }: { office: string; change: (office: string) => void }) {
  const { api } = useServices();
  const offices = useLoaded<Office[]>(() => api.offices(), "offices");
  const text = t.value.followUps;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: its control is the native list in OfficeSelect
    <label class="filter">
      <span>{text.office}</span>
      <OfficeSelect
        offices={offices.value ?? []}
        value={offices.value ? office : ""}
        none={text.any}
        change={change}
      />
    </label>
  );
}

function Overview({ board, scope, asked, set }: AskedProps & { board: Board }) {
  const text = t.value.followUps;
  const one = asked.followUp ? board.follow_ups[0] : undefined;
  return (
    <section aria-label={text.board}>
      {board.all.offices > 0 && <Whole counted={board.all} />}
      {asked.followUp && (
        <p class="only-item">
          <span>
            {text.onlyItem} <strong>{one?.text}</strong>
          </span>
          <button type="button" class="button button-small" onClick={() => set({ followUp: "" })}>
            {text.allItems}
          </button>
        </p>
      )}
      {scope === "all" && !asked.followUp && board.follow_ups.length > 0 && (
        <div class="follow-ups-sides">
          <Parents parents={board.follow_ups} open={(followUp) => set({ followUp, status: "" })} />
          <Categories categories={board.categories} open={(category) => set({ category })} />
        </div>
      )}
      <Chips board={board} status={asked.status} choose={(status) => set({ status })} />
    </section>
  );
}
