/** Every correction that was ever made, newest first, withdrawn ones included. */

import type { Attendance, Correction } from "../../api/types";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import { calledOf, withdrawn } from "../../state/attendance";
import { by, corrected } from "./attended-words";

interface Props {
  found: Attendance;
  zone: string;
  withdraw: (correction: Correction) => void;
}

export function AttendedHistory({ found, zone, withdraw }: Props) {
  const text = t.value.attendance;
  const all = found.corrections;
  if (all.length === 0) return null;
  return (
    <details class="attended-history">
      <summary>{text.history(number(all.length, language.value))}</summary>
      <Corrections found={found} listed={all.toReversed()} zone={zone} withdraw={withdraw} />
    </details>
  );
}

export function Corrections({ found, listed, zone, withdraw }: Props & { listed: readonly Correction[] }) {
  const gone = withdrawn(found);
  return (
    <ol class="attended-corrections">
      {listed.map((each) => (
        <Told
          key={each.number}
          correction={each}
          name={calledOf(found, each)}
          gone={gone.has(each.number)}
          zone={zone}
          withdraw={found.may_correct ? withdraw : null}
        />
      ))}
    </ol>
  );
}

interface ToldProps {
  correction: Correction;
  name: string;
  gone: boolean;
  zone: string;
  withdraw: ((correction: Correction) => void) | null;
}

function Told({ correction, name, gone, zone, withdraw }: ToldProps) {
  const text = t.value.attendance;
  const number = String(correction.number);
  return (
    <li>
      <p>
        <strong>{text.numbered(number)}</strong> · {name}
        {gone && <span class="badge">{text.withdrawn}</span>}
      </p>
      <p class={gone ? "attended-gone" : undefined}>{corrected(correction, zone)}</p>
      <p class="soft">
        {text.because(correction.reason)} · {by(correction, zone)}
      </p>
      {withdraw && !gone && (
        <button
          type="button"
          class="button button-quiet button-small"
          aria-label={text.withdrawOf(number)}
          onClick={() => withdraw(correction)}
        >
          {text.withdraw}
        </button>
      )}
    </li>
  );
}
