/** One item of one office: what it is, what became of it, and what one may do with it. */

import { followUps, type Item } from "../../api/follow-ups";
import { Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { useTitle } from "../../components/title";
import { clockWithZone, number, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { Evidence } from "./evidence";
import { Facts } from "./facts";
import { History } from "./history";
import { HostMoves } from "./host-moves";
import { Due, State } from "./list";
import { Progress } from "./progress";
import "../directory/directory.css";
import "./follow-ups.css";

/** `5 Des 2026 09.00 WIB`, where the person is. */
export function useMoment(): (at: string) => string {
  const zone = homeZone(useServices().me.value);
  return (at) => `${shortDate(new Date(at), zone, language.value)} ${clockWithZone(new Date(at), zone)}`;
}

export function FollowUpPage({ id }: { id: string }) {
  const { me } = useServices();
  const item = useLoaded(() => followUps.item(id), id);
  const own = !item.value || item.value.office.id === me.value?.office?.id;
  const text = t.value.followUps;
  useTitle(item.value?.text ?? text.item.title);
  const back = { href: "/tindak-lanjut", label: text.back };
  return (
    <>
      <a class="back" href={own ? back.href : "/tindak-lanjut/semua"}>
        <Icon name="back" />
        {text.back}
      </a>
      {!item.value && <h1>{text.item.title}</h1>}
      {item.failed && <Failed code={item.failed} retry={item.again} back={back} />}
      {!item.value && !item.failed && <Loading />}
      {item.value && <Whole item={item.value} set={item.set} again={item.again} />}
    </>
  );
}

export interface Changing {
  item: Item;
  set: (item: Item) => void;
  again: () => void;
}

function Whole({ item, set, again }: Changing) {
  const text = t.value.followUps;
  const has = (...moves: Item["may"]["moves"]) => moves.some((each) => item.may.moves.includes(each));
  const host = has("verify", "return", "cancel", "reopen");
  const doer = has("start", "take_back");
  return (
    <article class="follow-up">
      <header class="follow-up-head">
        <h1>{item.text}</h1>
        <p class="follow-up-state">
          <State item={item} />
          {item.due && (
            <span class="follow-up-when numbers">
              {text.columns.due} <Due due={item.due} left={item.days_left} zone={item.office.zone} />
            </span>
          )}
        </p>
        <Told item={item} />
      </header>
      <div class="follow-up-sides">
        <div>
          {doer && <Progress item={item} set={set} again={again} />}
          {(host || (!doer && has("remark"))) && <HostMoves item={item} set={set} again={again} />}
          {!host && !doer && !has("remark") && <p class="soft">{text.item.readOnly}</p>}
          <Evidence item={item} set={set} again={again} />
          <History item={item} />
        </div>
        <Facts item={item} />
      </div>
    </article>
  );
}

/** By whom and when, and how far the others are. */
function Told({ item }: { item: Item }) {
  const moment = useMoment();
  const text = t.value.followUps;
  const told = (value: number) => number(value, language.value);
  const said = [
    item.done_at && text.item.doneAt(moment(item.done_at)),
    item.verified_at && text.item.verifiedBy(item.verified_by, moment(item.verified_at)),
    item.siblings > 1 &&
      text.item.together(text.doneOf.satker(told(item.siblings_done), told(item.siblings))),
  ].filter(Boolean);
  return said.length > 0 ? <p class="soft">{said.join(" · ")}</p> : null;
}
