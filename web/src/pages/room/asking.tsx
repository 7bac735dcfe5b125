/** A dialog that asks something of the room: it closes when that was said, and tells when there is no line. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import type { Call, Request } from "../../state/call";

interface Props {
  call: Call;
  title: string;
  submit: string;
  /** What is asked, from the form's fields. */
  request: (form: FormData) => Request | readonly Request[];
  close: () => void;
  wide?: boolean | undefined;
  children: ComponentChildren;
}

export function AskDialog({ call, title, submit, request, close, wide, children }: Props) {
  const [failed, setFailed] = useState(false);
  const send = (form: HTMLFormElement) => {
    const requests = [request(new FormData(form))].flat();
    if (requests.every((each) => call.ask(each))) close();
    else setFailed(true);
  };
  return (
    <Dialog title={title} close={close} wide={wide}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(event.currentTarget);
        }}
      >
        {children}
        {failed && (
          <p class="notice notice-bad" role="alert">
            {t.value.room.offline}
          </p>
        )}
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main">
            {submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
