import { Problem } from "../../components/feedback";
import { t } from "../../locales";

/** A refusal; where somebody else was first, with the way to see what they did. What is typed stays. */
export function Refused({ code, again }: { code: string | null; again: () => void }) {
  return (
    <>
      <Problem code={code} />
      {code === "follow_up_changed" && (
        <button type="button" class="button button-small refused-again" onClick={again}>
          {t.value.followUps.report.reload}
        </button>
      )}
    </>
  );
}
