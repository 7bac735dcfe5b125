/** Who is who: offices, people and import, each at an address of its own. */

import { Failed } from "../../components/feedback";
import { useTitle } from "../../components/title";
import { t } from "../../locales";
import type { DirectoryPart } from "../../router";
import { mayKeepPeople, useServices } from "../../services";
import { Import } from "./import";
import { Numbers } from "./numbers";
import { Offices } from "./offices";
import { People } from "./people";
import "./directory.css";

const PARTS: readonly [DirectoryPart, string][] = [
  ["offices", "/direktori"],
  ["people", "/direktori/orang"],
  ["import", "/direktori/impor"],
  ["numbers", "/direktori/nomor"],
];

export function Directory({ part, office }: { part: DirectoryPart; office: string }) {
  const { me } = useServices();
  const text = t.value.directory;
  useTitle(`${text.title}: ${text[part]}`);
  if (!mayKeepPeople(me.value)) return <Failed code="forbidden" />;
  return (
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <nav class="parts" aria-label={text.parts}>
        {PARTS.map(([each, href]) => (
          <a key={each} href={href} aria-current={each === part ? "page" : undefined}>
            {text[each]}
          </a>
        ))}
      </nav>
      {part === "offices" && <Offices />}
      {part === "import" && <Import />}
      {part === "numbers" && <Numbers />}
      {part === "people" && <People key={office} office={office} />}
    </>
  );
}
