/** The fields of a correction. Names are those of the server's `Change`. */

import { useState } from "preact/hooks";
import type { OfficeAttendance } from "../../api/types";
import { zoneName } from "../../format/time";
import { t } from "../../locales";
import type { Filled } from "../../state/attendance";

const SETTABLE = ["present", "represented", "excused", "absent"] as const;
const MODES = ["online", "onsite", "shared_device"] as const;

export function NameFields({ values }: { values: Filled }) {
  const text = t.value.attendance;
  return (
    <>
      <TextField name="name" label={text.personName} value={values.name} most={120} required />
      <TextField name="position" label={text.position} value={values.position} most={200} />
    </>
  );
}

/** Where somebody stands who is added: an office of the list, or an institution that is written. */
export function OfficeField({ offices }: { offices: readonly OfficeAttendance[] }) {
  const text = t.value.attendance;
  const own = offices.filter((each) => each.office_id !== "");
  const [chosen, setChosen] = useState(own[0]?.office_id ?? "");
  return (
    <>
      <label class="field">
        <span>{text.office}</span>
        <select name="office_id" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {own.map((each) => (
            <option key={each.office_id} value={each.office_id}>
              {each.office}
            </option>
          ))}
          <option value="">{text.otherOffice}</option>
        </select>
      </label>
      {chosen === "" && <TextField name="office" label={text.institution} value="" most={120} required />}
    </>
  );
}

export function StatusFields({ values }: { values: Filled }) {
  const text = t.value.attendance;
  const [status, setStatus] = useState(values.status ?? "present");
  return (
    <>
      <label class="field">
        <span>{text.status}</span>
        <select name="status" value={status} onChange={(event) => setStatus(event.currentTarget.value)}>
          {SETTABLE.map((each) => (
            <option key={each} value={each}>
              {text.statuses[each]}
            </option>
          ))}
        </select>
      </label>
      {status === "represented" && (
        <TextField
          name="represented_by"
          label={text.representedBy}
          hint={text.representedByHint}
          value={values.represented_by}
          most={200}
          required
        />
      )}
    </>
  );
}

export function PresenceFields({ values, zone }: { values: Filled; zone: string }) {
  const text = t.value.attendance;
  return (
    <>
      <label class="field">
        <span>{text.mode}</span>
        <select name="mode">
          {!values.mode && <option value="">{text.modeUnknown}</option>}
          {MODES.map((each) => (
            <option key={each} value={each} selected={each === values.mode}>
              {text.modes[each]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{text.role}</span>
        <select name="role">
          {Object.entries(text.roles).map(([role, name]) => (
            <option key={role} value={role} selected={role === values.role}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{text.cameAt(zoneName(zone))}</span>
        <input type="time" name="came_at" defaultValue={values.came_at ?? ""} />
      </label>
      <label class="field">
        <span>{text.leftAt(zoneName(zone))}</span>
        <input type="time" name="left_at" defaultValue={values.left_at ?? ""} />
      </label>
    </>
  );
}

export function NoteField({ values }: { values: Filled }) {
  return (
    <div class="correct-whole">
      <TextField name="note" label={t.value.attendance.note} value={values.note} most={300} />
    </div>
  );
}

export function ReasonField() {
  const text = t.value.attendance;
  return (
    <label class="field correct-whole">
      <span>{text.reason}</span>
      <textarea name="reason" required minLength={3} maxLength={500} rows={2} />
      <small>{text.reasonHint}</small>
    </label>
  );
}

interface TextProps {
  name: string;
  label: string;
  value: string | undefined;
  most: number;
  hint?: string;
  required?: boolean;
}

function TextField({ name, label, value = "", most, hint, required = false }: TextProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input name={name} defaultValue={value} maxLength={most} required={required} autocomplete="off" />
      {hint && <small>{hint}</small>}
    </label>
  );
}
