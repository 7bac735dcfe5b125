import type { ItemRow, Scope } from "../../api/follow-ups";
import { Empty } from "../../components/feedback";
import { percent } from "../../format/size";
import { dayText, number, shortDate, zoneName } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { leftText } from "../../state/follow-ups";
import { Pager } from "../directory/pager";

interface Props {
  items: ItemRow[];
  total: number;
  page_size: number;
  scope: Scope;
  page: number;
  go: (page: number) => void;
  none: string;
}

export function List({ items, total, page_size, scope, page, go, none }: Props) {
  const text = t.value.followUps;
  const { columns } = text;
  if (items.length === 0) return <Empty>{none}</Empty>;
  return (
    <>
      <p class="found soft numbers" role="status">
        {text.total(number(total, language.value))}
      </p>
      <table class="register card follow-ups">
        <caption class="visually-hidden">{text.list}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.item}</th>
            {scope === "all" && <th scope="col">{columns.office}</th>}
            <th scope="col">{columns.due}</th>
            <th scope="col">{columns.status}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <Row key={each.id} item={each} office={scope === "all"} />
          ))}
        </tbody>
      </table>
      <Pager page={page} total={total} size={page_size} go={go} />
    </>
  );
}

function Row({ item, office }: { item: ItemRow; office: boolean }) {
  const zone = homeZone(useServices().me.value);
  const text = t.value.followUps;
  return (
    <tr>
      <th scope="row">
        <a class="follow-up-link" href={`/tindak-lanjut/${item.id}`}>
          {item.text}
        </a>
        <small>
          {item.meeting.title}, {shortDate(new Date(item.meeting.date), zone, language.value)}
        </small>
      </th>
      {office && <td>{item.office.short_name}</td>}
      <td class="numbers follow-up-due">
        <Due due={item.due} left={item.days_left} />
      </td>
      <td>
        <State item={item} />
        {item.evidence > 0 && <small>{text.pieces(number(item.evidence, language.value))}</small>}
      </td>
    </tr>
  );
}

/** `zone`: of the office, where the day ends. */
export function Due({ due, left, zone }: { due: string | null; left: number | null; zone?: string }) {
  const text = t.value.followUps;
  if (!due) return <span class="soft">{text.noDue}</span>;
  const told = leftText(left, text, language.value);
  return (
    <>
      <span class="together">
        {dayText(due, language.value)} {zone && zoneName(zone)}
      </span>
      {told && <small class={left !== null && left < 0 ? "late" : ""}>{told}</small>}
    </>
  );
}

/** Its status in words, and how far it is where that is between nothing and all. */
export function State({ item }: { item: ItemRow }) {
  const text = t.value.followUps;
  const done = item.status === "selesai";
  const under = [
    item.late && text.status[item.status],
    item.percent > 0 && item.percent < 100 && percent(item.percent / 100, language.value),
    done && (item.verified ? text.verified : text.unverified),
  ].filter(Boolean);
  return (
    <>
      <span class={`badge state state-${item.late ? "late" : item.status}`}>
        {item.late ? text.late : text.status[item.status]}
      </span>
      {under.length > 0 && <small class="numbers">{under.join(" · ")}</small>}
    </>
  );
}
