import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { Invitation, Meeting } from "../api/types";
import { CopyButton } from "../components/copy";
import { Dialog } from "../components/dialog";
import { codeOf, Problem } from "../components/feedback";
import { clockWithZone, longDate } from "../format/time";
import { language, t } from "../locales";
import { homeZone, useServices } from "../services";

export function InviteGuest({ meeting, close }: { meeting: Meeting; close: () => void }) {
  const { api } = useServices();
  const [made, setMade] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.invite;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setProblem(null);
    try {
      setMade(
        await api.invite(meeting.id, String(form.get("name")).trim(), String(form.get("institution")).trim()),
      );
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  return (
    <Dialog title={made ? text.ready : text.title} close={close}>
      <p class="soft invite-title">{meeting.title}</p>
      <Problem code={problem} />
      {made ? (
        <Made invitation={made} another={() => setMade(null)} />
      ) : (
        <form onSubmit={submit}>
          <p>{text.lead}</p>
          <label class="field">
            <span>{text.name}</span>
            <input name="name" required minLength={2} maxLength={120} autocomplete="off" />
          </label>
          <label class="field">
            <span>{text.institution}</span>
            <input name="institution" required minLength={2} maxLength={120} autocomplete="off" />
          </label>
          <div class="buttons">
            <button type="submit" class="button button-main">
              {text.submit}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Made({ invitation, another }: { invitation: Invitation; another: () => void }) {
  const { me } = useServices();
  const text = t.value.invite;
  const zone = homeZone(me.value);
  const until = new Date(invitation.expires_at);
  const address = new URL(invitation.url, location.origin).href;
  return (
    <>
      <div class="invite-link">
        <input
          readOnly
          value={address}
          aria-label={text.ready}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={address} />
      </div>
      <p class="soft">
        {text.expires(`${longDate(until, zone, language.value)}, ${clockWithZone(until, zone)}`)}
      </p>
      <div class="buttons">
        <button type="button" class="button" onClick={another}>
          {text.another}
        </button>
      </div>
    </>
  );
}
