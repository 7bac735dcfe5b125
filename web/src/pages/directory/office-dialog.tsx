import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { directory, type OfficeRow } from "../../api/directory";
import type { Level } from "../../api/types";
import { Choices } from "../../components/choices";
import { Dialog } from "../../components/dialog";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../../components/feedback";
import { zoneName } from "../../format/time";
import { t } from "../../locales";
import { useServices } from "../../services";
import { aboveOf, officeFields, read } from "../../state/directory";
import { Field, OfficeSelect } from "./fields";

const ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"];

interface Props {
  /** Null: a new one. */
  office: OfficeRow | null;
  close: () => void;
  saved: () => void;
}

export function OfficeDialog({ office, close, saved }: Props) {
  const { api } = useServices();
  const offices = useLoaded(() => api.offices(), "offices");
  const text = t.value.directory.office;
  return (
    <Dialog title={office ? text.editTitle : text.addTitle} close={close} wide>
      {offices.failed && <Failed code={offices.failed} retry={offices.again} />}
      {!offices.value && !offices.failed && <Loading />}
      {offices.value && <Form office={office} offices={offices.value} close={close} saved={saved} />}
    </Dialog>
  );
}

function Form({ office, offices, close, saved }: Props & { offices: Parameters<typeof aboveOf>[1] }) {
  const [level, setLevel] = useState<Level>(office?.level ?? "kabkota");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = t.value.directory.office;
  const zones = office && !ZONES.includes(office.zone) ? [office.zone, ...ZONES.slice(1)] : ZONES;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fields = { ...officeFields(form), level };
    setBusy(true);
    setProblem(null);
    try {
      if (office) await directory.changeOffice(office.id, fields, office.version);
      else await directory.addOffice(read(form, "id"), fields);
      saved();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <Problem code={problem} />
      <Field label={text.name}>
        <input name="name" required minLength={3} maxLength={200} defaultValue={office?.name} />
      </Field>
      <div class="pair">
        <Field label={text.shortName} hint={text.shortHint}>
          <input name="short_name" required minLength={2} maxLength={60} defaultValue={office?.short_name} />
        </Field>
        <Field label={text.id} hint={text.idHint}>
          <input name="id" maxLength={40} defaultValue={office?.id} disabled={office !== null} />
        </Field>
      </div>
      <Place office={office} offices={offices} level={level} setLevel={setLevel} />
      <div class="pair">
        <Field label={text.code} hint={text.codeHint}>
          <input name="code" maxLength={20} inputMode="decimal" defaultValue={office?.code} />
        </Field>
        <Field label={text.zone}>
          <Choices
            name="zone"
            value={office?.zone ?? "Asia/Jakarta"}
            options={zones.map((zone) => [zone, zoneName(zone)] as const)}
          />
        </Field>
      </div>
      <div class="pair">
        <Field label={text.from}>
          <input type="date" name="valid_from" defaultValue={office?.valid_from ?? ""} />
        </Field>
        <Field label={text.until}>
          <input type="date" name="valid_until" defaultValue={office?.valid_until ?? ""} />
        </Field>
      </div>
      <p class="soft form-hint">{text.validHint}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={close}>
          {t.value.app.cancel}
        </button>
        <button type="submit" class="button button-main" disabled={busy}>
          {t.value.app.save}
        </button>
      </div>
    </form>
  );
}

interface PlaceProps {
  office: OfficeRow | null;
  offices: Parameters<typeof aboveOf>[1];
  level: Level;
  setLevel: (level: Level) => void;
}

/** Where in the tree: what may stand above depends on the level. */
function Place({ office, offices, level, setLevel }: PlaceProps) {
  const text = t.value.directory.office;
  const central = office?.level === "pusat";
  const levels = (Object.keys(text.levels) as Level[]).filter((each) => (each === "pusat") === central);
  const above = aboveOf(level, offices, office?.id);
  const parent = office?.level === level ? office : null; // of another level: one above it must be chosen anew
  const none = level === "instansi" ? { none: text.noParent } : {};
  return (
    <>
      <div class="pair">
        <Field label={text.level}>
          <select value={level} onChange={(event) => setLevel(event.currentTarget.value as Level)}>
            {levels.map((each) => (
              <option key={each} value={each}>
                {text.levels[each]}
              </option>
            ))}
          </select>
        </Field>
        {level === "instansi" && (
          <Field label={text.kind}>
            <Choices name="kind" value={office?.kind || "bawaslu"} options={Object.entries(text.kinds)} />
          </Field>
        )}
      </div>
      {(above.length > 0 || parent?.parent_id) && (
        <Field label={text.parent} hint={text.parentHint}>
          <OfficeSelect
            key={level}
            name="parent_id"
            offices={above}
            value={parent?.parent_id ?? undefined}
            called={parent?.parent}
            {...none}
          />
        </Field>
      )}
    </>
  );
}
