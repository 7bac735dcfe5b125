/** The list as a file. Paper takes the server seconds: meanwhile its button says so, and cannot be pressed again. */

import { useState } from "preact/hooks";
import type { AttendanceFormat } from "../../api/client";
import { codeOf, Problem } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { t } from "../../locales";
import { useServices } from "../../services";

const FORMATS: readonly AttendanceFormat[] = ["pdf", "xlsx", "csv"];

export function AttendedFiles({ meeting }: { meeting: string }) {
  const { api } = useServices();
  const [making, setMaking] = useState<AttendanceFormat | null>(null);
  const [made, setMade] = useState<AttendanceFormat | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.attendance;
  const fetch = async (format: AttendanceFormat) => {
    setMaking(format);
    setMade(null);
    setProblem(null);
    try {
      save(await api.attendanceFile(meeting, format), `daftar-hadir-${meeting}.${format}`);
      setMade(format);
    } catch (error) {
      setProblem(codeOf(error));
    }
    setMaking(null);
  };
  return (
    <fieldset class="attended-files">
      <legend class="visually-hidden">{text.files}</legend>
      {FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          class="button button-small"
          disabled={making !== null}
          aria-label={making === format ? undefined : text.download(text[format])}
          onClick={() => fetch(format)}
        >
          <Icon name="download" />
          {making === format ? text.making(text[format]) : text[format]}
        </button>
      ))}
      <p role="status" class="visually-hidden">
        {making ? text.making(text[making]) : made && text.made(text[made])}
      </p>
      <Problem code={problem} />
    </fieldset>
  );
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  // The browser has taken it by the next turn; some read it only then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
