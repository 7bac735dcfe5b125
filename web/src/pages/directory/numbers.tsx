/** How one's own office numbers its letters, with the next numbers as they would be. */

import { Fragment, type TargetedEvent, type TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { numbering, type Scheme } from "../../api/numbering";
import type { Office } from "../../api/types";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../../components/feedback";
import { t } from "../../locales";
import { useServices } from "../../services";
import { read } from "../../state/directory";
import { KINDS, MARKS, numberOf, schemeFields, unknownMarks } from "../../state/numbering";
import { Field } from "./fields";
import "./numbers.css";

export function Numbers() {
  const { me } = useServices();
  const office = me.value?.office;
  return office ? <OfOffice office={office} /> : <Failed code="forbidden" />;
}

function OfOffice({ office }: { office: Office }) {
  const scheme = useLoaded(() => numbering.read(office.id), office.id);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const text = t.value.numbering;
  if (scheme.failed) return <Failed code={scheme.failed} retry={scheme.again} />;
  const known = scheme.value;
  if (!known) return <Loading />;
  const save = async (form: FormData) => {
    const wanted = Number(read(form, "following"));
    setProblem(null);
    setSaved(false);
    try {
      const following = wanted === known.following ? null : wanted;
      scheme.set(await numbering.change(office.id, schemeFields(form), following, known.version));
      setSaved(true);
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  return (
    <section class="numbers">
      <h2>{text.title(office.short_name)}</h2>
      <p class="soft">{text.lead}</p>
      {!known.may_change && <p class="notice">{text.readOnly}</p>}
      <Problem code={problem} />
      <Form scheme={known} save={save} />
      <p class="form-said" role="status">
        {saved ? text.saved : ""}
      </p>
    </section>
  );
}

function Form({ scheme, save }: { scheme: Scheme; save: (form: FormData) => Promise<void> }) {
  const [fields, setFields] = useState<Scheme>(scheme);
  const [busy, setBusy] = useState(false);
  const text = t.value.numbering;
  const look = (event: TargetedEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget);
    const following = Number(read(form, "following")) || scheme.following;
    setFields({ ...scheme, ...schemeFields(form), following });
  };
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    await save(new FormData(event.currentTarget));
    setBusy(false);
  };
  return (
    <form onSubmit={submit} onInput={look}>
      <fieldset class="numbers-form" disabled={!scheme.may_change || busy}>
        <Field label={text.template}>
          <input name="template" required maxLength={120} spellcheck={false} defaultValue={scheme.template} />
        </Field>
        <Marks template={fields.template} />
        <div class="numbers-codes">
          <Field label={text.classification} hint={text.classificationHint}>
            <input name="classification" maxLength={40} defaultValue={scheme.classification} />
          </Field>
          <Field label={text.unit} hint={text.unitHint}>
            <input name="unit" maxLength={40} defaultValue={scheme.unit} />
          </Field>
          <Field label={text.office} hint={text.officeHint}>
            <input name="office" maxLength={40} defaultValue={scheme.office} />
          </Field>
        </div>
        <fieldset class="numbers-form numbers-kinds">
          <legend class="field-label">{text.codes}</legend>
          <div class="numbers-codes">
            {KINDS.map((kind) => (
              <Field key={kind} label={text.kinds[kind]}>
                <input name={`code-${kind}`} maxLength={40} defaultValue={scheme.codes[kind]} />
              </Field>
            ))}
          </div>
        </fieldset>
        <Field label={text.following} hint={text.followingHint}>
          <input
            type="number"
            name="following"
            required
            min={scheme.following}
            max={99_999}
            defaultValue={String(scheme.following)}
            key={scheme.following}
          />
        </Field>
        <Examples fields={fields} />
        {scheme.may_change && (
          <button type="submit" class="button button-main">
            {text.save}
          </button>
        )}
      </fieldset>
    </form>
  );
}

function Marks({ template }: { template: string }) {
  const text = t.value.numbering;
  const unknown = unknownMarks(template).map((name) => `{${name}}`);
  return (
    <p class="form-hint soft">
      {text.marks}{" "}
      {MARKS.map((mark) => (
        <Fragment key={mark}>
          <code>{`{${mark}}`}</code>{" "}
        </Fragment>
      ))}
      <br />
      {text.marksHint}
      {unknown.length > 0 && <strong role="alert"> {text.unknown(unknown.join(", "))}</strong>}
    </p>
  );
}

function Examples({ fields }: { fields: Scheme }) {
  const text = t.value.numbering;
  const now = new Date();
  const day = { year: now.getFullYear(), month: now.getMonth() + 1 };
  return (
    <div class="numbers-examples">
      <h3>{text.example}</h3>
      <dl>
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt>{text.kinds[kind]}</dt>
            <dd>{numberOf(fields, kind, fields.following, day)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
