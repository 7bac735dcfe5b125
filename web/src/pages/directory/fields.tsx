/** Fields that several forms of the directory have. */

import type { ComponentChildren } from "preact";
import type { PositionFields } from "../../api/directory";
import type { Office } from "../../api/types";
import { Choices } from "../../components/choices";
import { t } from "../../locales";
import { grouped, keptBeside } from "../../state/directory";

export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: its control is the child
    <label class="field">
      <span>{label}</span>
      {children}
      {hint && <small>{hint}</small>}
    </label>
  );
}

interface OfficeProps {
  offices: readonly Office[];
  name?: string;
  value?: string | undefined;
  /** What `value` is called: it stays a choice also when it has ended and `offices` no longer holds it. */
  called?: string | undefined;
  /** What the empty choice is called; without it one must be chosen. */
  none?: string;
  change?: (office: string) => void;
}

/** Provinces with their regencies together; letters typed jump to an office, as in every native list. */
export function OfficeSelect({ offices, name, value, called, none, change }: OfficeProps) {
  const options = (shown: readonly Office[]) =>
    shown.map((each) => (
      <option key={each.id} value={each.id} selected={each.id === value}>
        {each.short_name}
      </option>
    ));
  const kept = called === undefined ? null : keptBeside(offices, value, called);
  const own = change
    ? { value: value ?? "", onChange: (event: Event) => change((event.target as HTMLSelectElement).value) }
    : {};
  return (
    <select name={name} required={none === undefined} {...own}>
      {none !== undefined && <option value="">{none}</option>}
      {kept && (
        <option value={kept.id} selected>
          {kept.name}
        </option>
      )}
      {grouped(offices).map((group) =>
        group.offices.length === 1 && group.label ? (
          options(group.offices)
        ) : (
          <optgroup
            key={group.offices[0]?.id}
            label={group.label || t.value.directory.office.levels.instansi}
          >
            {options(group.offices)}
          </optgroup>
        ),
      )}
    </select>
  );
}

export function Dates({ from, until }: { from?: string | null; until?: string | null }) {
  const text = t.value.directory.position;
  return (
    <div class="pair">
      <Field label={text.from}>
        <input type="date" name="valid_from" defaultValue={from ?? ""} />
      </Field>
      <Field label={text.until} hint={text.untilHint}>
        <input type="date" name="valid_until" defaultValue={until ?? ""} />
      </Field>
    </div>
  );
}

interface PostProps {
  offices: readonly Office[];
  /** `office`: what the one of `office_id` is called. */
  post: Partial<PositionFields> & { office?: string };
}

/** A post: where, as what, from when until when. */
export function PostFields({ offices, post }: PostProps) {
  const text = t.value.directory.position;
  return (
    <>
      <Field label={t.value.directory.person.office}>
        <OfficeSelect name="office_id" offices={offices} value={post.office_id} called={post.office} />
      </Field>
      <div class="pair pair-title">
        <Field label={text.title}>
          <input
            name="title"
            required
            minLength={2}
            maxLength={200}
            defaultValue={post.title ?? ""}
            placeholder={text.titleExample}
          />
        </Field>
        <Field label={text.kind}>
          <Choices name="kind" value={post.kind ?? "definitif"} options={Object.entries(text.kinds)} />
        </Field>
      </div>
      <Dates from={post.valid_from ?? null} until={post.valid_until ?? null} />
    </>
  );
}
