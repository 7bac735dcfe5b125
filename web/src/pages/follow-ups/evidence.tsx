import type { TargetedSubmitEvent } from "preact";
import { followUps, type Piece } from "../../api/follow-ups";
import { Icon } from "../../components/icons";
import { fileSize } from "../../format/size";
import { language, t } from "../../locales";
import { read } from "../../state/directory";
import { Field } from "../directory/fields";
import { type Changing, useMoment } from "./item";
import { Refused } from "./refused";
import { type Change, useChange } from "./use-change";

const KINDS =
  ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,application/pdf,image/*,text/plain";

/** Files and links that show it was done. Files are downloaded, never shown by the page. */
export function Evidence({ item, set, again }: Changing) {
  const change = useChange(set);
  const text = t.value.followUps.evidence;
  const remove = (piece: Piece) => change.run(() => followUps.remove(item.id, piece.id, item.version));
  return (
    <section class="card move" aria-labelledby="bukti">
      <h2 id="bukti">{text.title}</h2>
      <Refused code={change.problem} again={again} />
      {item.pieces.length === 0 && <p class="soft">{text.none}</p>}
      <ul class="pieces">
        {item.pieces.map((each) => (
          <Row key={each.id} piece={each} remove={item.may.remove_evidence ? () => remove(each) : null} />
        ))}
      </ul>
      {item.may.add_evidence && <Add item={item} set={set} again={again} change={change} />}
    </section>
  );
}

function Row({ piece, remove }: { piece: Piece; remove: (() => void) | null }) {
  const moment = useMoment();
  const text = t.value.followUps.evidence;
  const shown = piece.file ? { download: piece.name } : { target: "_blank", rel: "noreferrer" };
  return (
    <li class="piece">
      <a
        href={piece.url}
        {...shown}
        aria-label={piece.file ? text.download(piece.name) : text.open(piece.name)}
      >
        <Icon name={piece.file ? "download" : "link"} />
        <span>{piece.name}</span>
      </a>
      <small class="soft">
        {piece.file && `${fileSize(piece.size, language.value)} · `}
        {text.by(piece.by, moment(piece.at))}
      </small>
      {remove && (
        <button
          type="button"
          class="button button-small"
          aria-label={text.removeOf(piece.name)}
          onClick={remove}
        >
          {text.remove}
        </button>
      )}
    </li>
  );
}

function Add({ item, change }: Changing & { change: Change }) {
  const text = t.value.followUps.evidence;
  const file = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const chosen = new FormData(form).get("file");
    if (!(chosen instanceof File) || !chosen.name) return;
    if (await change.run(() => followUps.attach(item.id, chosen, item.version))) form.reset();
  };
  const link = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const [name, url] = [read(given, "name"), read(given, "url")];
    if (await change.run(() => followUps.link(item.id, name, url, item.version))) form.reset();
  };
  return (
    <>
      <form class="add-file" onSubmit={file}>
        <Field label={text.add} hint={text.addHint}>
          <input type="file" name="file" required accept={KINDS} />
        </Field>
        <button type="submit" class="button" disabled={change.busy}>
          <Icon name="upload" />
          {change.busy ? text.sending : text.send}
        </button>
      </form>
      <details class="add-link">
        <summary>{text.link}</summary>
        <form onSubmit={link}>
          <Field label={text.linkName}>
            <input name="name" required maxLength={200} autocomplete="off" />
          </Field>
          <Field label={text.linkUrl}>
            <input name="url" type="url" required maxLength={2000} pattern="https?://.+" autocomplete="off" />
          </Field>
          <button type="submit" class="button" disabled={change.busy}>
            {text.addLink}
          </button>
        </form>
      </details>
    </>
  );
}
