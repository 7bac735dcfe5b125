import { useState } from "preact/hooks";
import { directory, type PersonRow } from "../../api/directory";
import type { Office } from "../../api/types";
import { Empty, Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import { mayKeepOffices, useServices } from "../../services";
import { under } from "../../state/directory";
import { OfficeSelect } from "./fields";
import { NewPersonDialog } from "./new-person";
import { Search } from "./offices";
import { Pager } from "./pager";
import { PersonDialog } from "./person-dialog";
import { useSettled } from "./use-search";

/** Offices of whose people the signed-in person takes care. */
export function useMine(): Office[] | null {
  const { api, me } = useServices();
  const offices = useLoaded(() => api.offices(), "offices");
  if (!offices.value) return null;
  return mayKeepOffices(me.value) ? offices.value : under(me.value?.office?.id ?? "", offices.value);
}

export function People({ office: first }: { office: string }) {
  const mine = useMine();
  const [words, setWords] = useState("");
  const [office, setOffice] = useState(first);
  const [standing, setStanding] = useState("");
  const [page, setPage] = useState(1);
  const [opened, open] = useState<string | null>(null);
  const q = useSettled(words);
  const asked = { q, office, standing, page };
  const found = useLoaded(() => directory.people(asked), JSON.stringify(asked));
  const text = t.value.directory;
  const anew = (set: (value: string) => void) => (value: string) => {
    set(value);
    setPage(1);
  };
  const close = () => {
    open(null);
    found.again();
  };
  return (
    <>
      <search class="filters">
        <Search label={text.person.search} value={words} change={anew(setWords)} />
        {/* biome-ignore lint/a11y/noLabelWithoutControl: its control is the native list in OfficeSelect */}
        <label class="filter">
          <span>{text.person.office}</span>
          <OfficeSelect
            offices={mine ?? []}
            value={mine ? office : ""}
            none={text.person.officeAll}
            change={anew(setOffice)}
          />
        </label>
        <label class="filter">
          <span>{text.person.standing}</span>
          <select value={standing} onChange={(event) => anew(setStanding)(event.currentTarget.value)}>
            <option value="">{text.any}</option>
            {Object.entries(text.person.standings).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button button-main" onClick={() => open("new")} disabled={!mine}>
          <Icon name="plus" />
          {text.person.add}
        </button>
      </search>
      {found.failed && <Failed code={found.failed} retry={found.again} />}
      {!found.value && !found.failed && <Loading />}
      {found.value && (
        <Found
          {...found.value}
          page={page}
          go={setPage}
          open={open}
          none={q || standing ? text.person.none : text.person.empty}
        />
      )}
      {opened === "new" && mine && (
        <NewPersonDialog offices={mine} office={office} close={() => open(null)} made={(id) => open(id)} />
      )}
      {opened && opened !== "new" && mine && <PersonDialog id={opened} offices={mine} close={close} />}
    </>
  );
}

interface FoundProps {
  items: PersonRow[];
  total: number;
  page_size: number;
  page: number;
  go: (page: number) => void;
  open: (id: string) => void;
  none: string;
}

function Found({ items, total, page_size, page, go, open, none }: FoundProps) {
  const text = t.value.directory;
  const { columns } = text.person;
  return (
    <>
      <p class="found soft numbers" role="status">
        {text.total(number(total, language.value))}
      </p>
      {items.length === 0 ? (
        <Empty>{none}</Empty>
      ) : (
        <table class="register card">
          <caption class="visually-hidden">{text.people}</caption>
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.position}</th>
              <th scope="col">{columns.office}</th>
              <th scope="col">{columns.role}</th>
              <th scope="col">
                <span class="visually-hidden">{columns.act}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((person) => (
              <Row key={person.id} person={person} open={() => open(person.id)} />
            ))}
          </tbody>
        </table>
      )}
      <Pager page={page} total={total} size={page_size} go={go} />
    </>
  );
}

function Row({ person, open }: { person: PersonRow; open: () => void }) {
  const text = t.value.directory;
  return (
    <tr>
      <th scope="row">
        {person.name}
        <small>{person.username}</small>
        {person.disabled && <span class="badge badge-warn">{text.person.disabled}</span>}
      </th>
      <td>
        {person.position}
        {!person.serves && <span class="badge badge-warn">{text.person.without}</span>}
      </td>
      <td>{person.office}</td>
      <td>{text.person.roles[person.role]}</td>
      <td class="register-act">
        <button
          type="button"
          class="button button-small"
          aria-label={text.editOf(person.name)}
          onClick={open}
        >
          {text.edit}
        </button>
      </td>
    </tr>
  );
}
