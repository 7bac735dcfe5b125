import { useState } from "preact/hooks";
import { directory, type OfficeRow } from "../../api/directory";
import { Empty, Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { calendarDay, number, zoneName } from "../../format/time";
import { language, t } from "../../locales";
import { mayKeepOffices, useServices } from "../../services";
import { period } from "../../state/directory";
import { OfficeDialog } from "./office-dialog";
import { Pager } from "./pager";
import { useSettled } from "./use-search";

export function Offices() {
  const { me } = useServices();
  const [words, setWords] = useState("");
  const [level, setLevel] = useState("");
  const [all, setAll] = useState(false);
  const [page, setPage] = useState(1);
  const [edited, edit] = useState<OfficeRow | "new" | null>(null);
  const q = useSettled(words);
  const asked = { q, level, on: all ? "" : calendarDay(new Date()), page };
  const found = useLoaded(() => directory.offices(asked), JSON.stringify(asked));
  const text = t.value.directory;
  const anew =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setPage(1);
    };
  const saved = () => {
    edit(null);
    found.again();
  };
  return (
    <>
      <search class="filters">
        <Search label={text.office.search} value={words} change={anew(setWords)} />
        <label class="filter">
          <span>{text.office.level}</span>
          <select value={level} onChange={(event) => anew(setLevel)(event.currentTarget.value)}>
            <option value="">{text.any}</option>
            {Object.entries(text.office.levels).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label class="filter">
          <span>{text.office.state}</span>
          <select
            value={all ? "all" : "today"}
            onChange={(event) => anew(setAll)(event.currentTarget.value === "all")}
          >
            <option value="today">{text.office.states.today}</option>
            <option value="all">{text.office.states.all}</option>
          </select>
        </label>
        {mayKeepOffices(me.value) && (
          <button type="button" class="button button-main" onClick={() => edit("new")}>
            <Icon name="plus" />
            {text.office.add}
          </button>
        )}
      </search>
      {found.failed && <Failed code={found.failed} retry={found.again} />}
      {!found.value && !found.failed && <Loading />}
      {found.value && <Found {...found.value} page={page} go={setPage} edit={edit} />}
      {edited && (
        <OfficeDialog office={edited === "new" ? null : edited} close={() => edit(null)} saved={saved} />
      )}
    </>
  );
}

export function Search({
  label,
  value,
  change,
}: {
  label: string;
  value: string;
  change: (words: string) => void;
}) {
  return (
    <input
      type="search"
      class="filter-words"
      aria-label={label}
      placeholder={label}
      maxLength={100}
      value={value}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

interface FoundProps {
  items: OfficeRow[];
  total: number;
  page_size: number;
  page: number;
  go: (page: number) => void;
  edit: (office: OfficeRow) => void;
}

function Found({ items, total, page_size, page, go, edit }: FoundProps) {
  const { me } = useServices();
  const text = t.value.directory;
  const may = mayKeepOffices(me.value);
  const { columns } = text.office;
  return (
    <>
      <p class="found soft numbers" role="status">
        {text.total(number(total, language.value))}
      </p>
      {items.length === 0 ? (
        <Empty>{text.office.none}</Empty>
      ) : (
        <table class="register card">
          <caption class="visually-hidden">{text.offices}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.office}</th>
              <th scope="col">{columns.place}</th>
              <th scope="col">{columns.zone}</th>
              <th scope="col">{columns.people}</th>
              {may && (
                <th scope="col">
                  <span class="visually-hidden">{columns.act}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {items.map((office) => (
              <Row key={office.id} office={office} edit={may ? () => edit(office) : null} />
            ))}
          </tbody>
        </table>
      )}
      <Pager page={page} total={total} size={page_size} go={go} />
    </>
  );
}

function Row({ office, edit }: { office: OfficeRow; edit: (() => void) | null }) {
  const text = t.value.directory;
  const dated = office.valid_from || office.valid_until;
  const count = number(office.people, language.value);
  return (
    <tr>
      <th scope="row">
        {office.name}
        <small>
          {office.short_name}
          {office.code && <span class="numbers"> · {office.code}</span>}
        </small>
      </th>
      <td>
        {text.office.levels[office.level]}
        {office.parent && <small>{office.parent}</small>}
        {dated && (
          <small>{period(office.valid_from, office.valid_until, text.position, language.value)}</small>
        )}
        {!office.valid_today && <span class="badge badge-warn">{text.office.ended}</span>}
      </td>
      <td>{zoneName(office.zone)}</td>
      <td class="numbers">
        <a
          href={`/direktori/orang?satker=${encodeURIComponent(office.id)}`}
          aria-label={text.office.staffOf(count, office.short_name)}
        >
          {text.office.staff(count)}
        </a>
      </td>
      {edit && (
        <td class="register-act">
          <button
            type="button"
            class="button button-small"
            aria-label={text.editOf(office.short_name)}
            onClick={edit}
          >
            {text.edit}
          </button>
        </td>
      )}
    </tr>
  );
}
