/** The heading of a notula in the official order, and the form in which it is filled. */

import type { ComponentChildren } from "preact";
import type { Content, Who } from "../../api/notula";
import { withPosition } from "../../format/people";
import { clock, clockWithZone, dayText, longDate, number, zoneName } from "../../format/time";
import { language } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useDesk } from "./desk";
import { Long, lines, Select, Short, WhoFields } from "./statement-fields";

export function Facts() {
  const { manuscript } = useDesk();
  const text = words.value;
  const content = manuscript.content.value;
  return (
    <section class="facts" aria-labelledby="judul-kepala">
      <h2 id="judul-kepala" class="facts-title">
        {text.title}
      </h2>
      <dl>
        <Filled content={content} />
      </dl>
      {manuscript.notula.value.may.edit && (
        <details class="facts-form">
          <summary>{text.editFacts}</summary>
          <Form />
        </details>
      )}
    </section>
  );
}

function Filled({ content }: { content: Content }) {
  const text = words.value;
  const { fields } = text;
  const zone = content.zones[0] ?? "Asia/Jakarta";
  const [starts, ends] = [new Date(content.starts), new Date(content.ends)];
  const others = content.zones
    .slice(1)
    .filter(
      (each, index, all) =>
        zoneName(each) !== zoneName(zone) &&
        all.findIndex((one) => zoneName(one) === zoneName(each)) === index,
    );
  return (
    <>
      <Fact label={fields.title}>{content.title}</Fact>
      <Fact label={fields.number}>{content.number}</Fact>
      <Fact label={fields.day}>{longDate(starts, zone, language.value)}</Fact>
      <Fact label={fields.invitation}>
        {[
          content.invitation_number,
          content.invitation_date && dayText(content.invitation_date, language.value),
        ]
          .filter(Boolean)
          .join(", ")}
      </Fact>
      <Fact label={fields.time}>
        <span class="together">
          {clock(starts, zone)}–{clockWithZone(ends, zone)}
        </span>
        {others.map((each) => (
          <span key={each} class="soft together">
            {" "}
            · {clock(starts, each)}–{clockWithZone(ends, each)}
          </span>
        ))}
      </Fact>
      <Fact label={fields.place}>{content.place}</Fact>
      <Fact label={fields.host}>{[content.host, content.host_city].filter(Boolean).join(", ")}</Fact>
      <Fact label={fields.agenda}>
        {content.agenda.length > 0 && (
          <ol class="facts-agenda">
            {content.agenda.map((point, index) => (
              <li key={index}>
                {point.title}
                {point.presenter && <span class="soft"> – {point.presenter}</span>}
              </li>
            ))}
          </ol>
        )}
      </Fact>
      {(["chair", "secretary", "minute_taker", "moderator"] as const).map((each) => (
        <Fact key={each} label={fields[each]}>
          {person(content[each])}
        </Fact>
      ))}
      {content.presenters.length > 0 && (
        <Fact label={fields.presenters}>{content.presenters.map(person).join("; ")}</Fact>
      )}
      <Fact label={fields.attendance}>
        {content.attendance.invited > 0 &&
          text.attended(
            number(content.attendance.present, language.value),
            number(content.attendance.invited, language.value),
          )}
      </Fact>
      <Fact label={fields.classification}>{text.classifications[content.classification]}</Fact>
      <Fact label={fields.openness}>
        {[text.opennesses[content.openness], content.exemption].filter(Boolean).join(": ")}
      </Fact>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children || <span class="soft">{words.value.notFilled}</span>}</dd>
    </div>
  );
}

const person = ({ name, position, office }: Who) =>
  name ? [withPosition(name, position), office].filter(Boolean).join(", ") : "";

function Form() {
  const { manuscript } = useDesk();
  const text = words.value;
  const { fields } = text;
  const content = manuscript.content.value;
  const set = (changed: Partial<Content>) =>
    manuscript.change(
      { ...manuscript.content.value, ...changed },
      `kepala.${Object.keys(changed).join()}`,
      performance.now(),
    );
  return (
    <div class="facts-fields">
      <Short label={fields.number} value={content.number} set={(number) => set({ number })} />
      <Short label={fields.place} value={content.place} set={(place) => set({ place })} />
      <Short
        label={fields.invitation_number}
        value={content.invitation_number}
        set={(invitation_number) => set({ invitation_number })}
      />
      <label class="field">
        <span>{fields.invitation_date}</span>
        <input
          type="date"
          value={content.invitation_date ?? ""}
          onChange={(event) => set({ invitation_date: event.currentTarget.value || null })}
        />
      </label>
      <Short label={fields.host_city} value={content.host_city} set={(host_city) => set({ host_city })} />
      <Select
        label={fields.classification}
        value={content.classification}
        options={text.classifications}
        set={(classification) => set({ classification })}
      />
      <Select
        label={fields.openness}
        value={content.openness}
        options={text.opennesses}
        set={(openness) => set({ openness })}
      />
      <Long label={fields.exemption} value={content.exemption} set={(exemption) => set({ exemption })} />
      <label class="field facts-wide">
        <span>{fields.agenda}</span>
        <textarea
          value={content.agenda.map((each) => joined([each.title, each.presenter])).join("\n")}
          onChange={(event) => set({ agenda: lines(event.currentTarget.value).map(agendaPoint) })}
        />
        <small>{fields.agendaHint}</small>
      </label>
      {(["chair", "secretary", "minute_taker", "moderator"] as const).map((each) => (
        <div key={each} class="facts-wide">
          <WhoFields label={fields[each]} who={content[each]} set={(who) => set({ [each]: who })} />
        </div>
      ))}
      <label class="field facts-wide">
        <span>{fields.presenters}</span>
        <textarea
          value={content.presenters.map((who) => joined([who.name, who.position, who.office])).join("\n")}
          onChange={(event) => set({ presenters: lines(event.currentTarget.value).map(whoOf) })}
        />
        <small>{fields.presentersHint}</small>
      </label>
    </div>
  );
}

const joined = (parts: string[]) => parts.join(" | ").replace(/[ |]+$/, "");
const parts = (line: string) => line.split("|").map((part) => part.trim().slice(0, 300));

function agendaPoint(line: string) {
  const [title = "", presenter = ""] = parts(line);
  return { title, presenter };
}

function whoOf(line: string): Who {
  const [name = "", position = "", office = ""] = parts(line);
  return { name, position, office };
}
