import type { Changed, Item } from "../../api/follow-ups";
import { language, t } from "../../locales";
import { changedText } from "../../state/follow-ups";
import { useMoment } from "./item";

/** All that happened, the newest first. */
export function History({ item }: { item: Item }) {
  const text = t.value.followUps.history;
  return (
    <section class="card move" aria-labelledby="riwayat">
      <h2 id="riwayat">{text.title}</h2>
      <ol class="happened" reversed>
        {item.history.toReversed().map((each, at) => (
          <Row key={item.history.length - at} change={each} />
        ))}
      </ol>
    </section>
  );
}

function Row({ change }: { change: Changed }) {
  const moment = useMoment();
  const text = t.value.followUps;
  const kinds: Record<string, string> = text.history.kinds;
  const by = [change.by.name, change.by.position, change.by.office].filter(Boolean).join(", ");
  return (
    <li>
      <p>
        <strong>{kinds[change.kind] ?? change.kind}</strong>
        <span class="soft numbers"> · {moment(change.at)}</span>
      </p>
      {changedText(change, text, language.value).map((each) => (
        <p key={each} class="happened-change">
          {each}
        </p>
      ))}
      {change.text && <p class="happened-text">{change.text}</p>}
      <p class="soft happened-by">{by}</p>
    </li>
  );
}
