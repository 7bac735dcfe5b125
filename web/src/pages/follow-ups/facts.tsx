import type { ComponentChildren } from "preact";
import type { Item } from "../../api/follow-ups";
import { number, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { Due } from "./list";

/** What the notula says of it. */
export function Facts({ item }: { item: Item }) {
  const text = t.value.followUps;
  const words = text.item;
  const { source } = item;
  return (
    <dl class="facts card">
      <Fact name={words.office}>{item.office.short_name}</Fact>
      <Fact name={words.due}>
        <Due due={item.due} left={item.days_left} zone={item.office.zone} />
      </Fact>
      {item.owners.length > 0 && <Fact name={words.owners}>{item.owners.join("; ")}</Fact>}
      {item.related.length > 0 && <Fact name={words.related}>{item.related.join("; ")}</Fact>}
      <Fact name={words.category}>{text.categories[item.category]}</Fact>
      {item.priority === "segera" && <Fact name={words.priority}>{text.priorities.segera}</Fact>}
      <Meeting item={item} />
      {source && (
        <Fact name={words.source}>
          {words.sources[source.kind](number(source.number, language.value))}
          <small>{source.text}</small>
        </Fact>
      )}
      {source && source.basis.length > 0 && <Fact name={words.basis}>{source.basis.join("; ")}</Fact>}
    </dl>
  );
}

function Meeting({ item }: { item: Item }) {
  const zone = homeZone(useServices().me.value);
  const words = t.value.followUps.item;
  const held = shortDate(new Date(item.meeting.date), zone, language.value);
  const page = `/arsip/${item.meeting.id}`;
  return (
    <>
      <Fact name={words.meeting}>
        {item.may.read_meeting ? <a href={page}>{item.meeting.title}</a> : item.meeting.title}
        <small>{held}</small>
      </Fact>
      {item.may.read_meeting && item.cites.length > 0 && (
        <Fact name={words.lines}>
          <span class="quotes">
            {item.cites.map((line, at) => (
              <a key={line} href={`${page}?baris=${encodeURIComponent(line)}`}>
                {words.line(number(at + 1, language.value))}
              </a>
            ))}
          </span>
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
