/** A dialog that asks something of the room: it closes when that was said, and tells when there is no line. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { problemText, t } from "../../locales";
import type { Call, Request } from "../../state/call";

interface Props {
  call: Call;
  title: string;
  submit: string;
  /** What is asked, from the form's fields. */
  request: (form: FormData) => Request | readonly Request[];
  /** The code by which the room would refuse it, where that is known beforehand: nothing typed is lost. */
  refused?: (requests: readonly Request[]) => string | null;
  close: () => void;
  wide?: boolean | undefined;
  children: ComponentChildren;
}

export function AskDialog({ call, title, submit, request, refused, close, wide, children }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const send = (form: HTMLFormElement) => {
    const requests = [request(new FormData(form))].flat();
    const code = refused?.(requests) ?? null;
    if (code) setProblem(problemText(code, t.value));
    else if (requests.every((each) => call.ask(each))) close();
    else setProblem(t.value.room.offline);
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
        {problem && (
          <p class="notice notice-bad" role="alert">
            {problem}
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
