import { useState } from "preact/hooks";
import { directory, type PersonFull, type ResetLink } from "../../api/directory";
import { CopyButton } from "../../components/copy";
import { codeOf, Problem } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { clockWithZone, longDate } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";

/** The link is in nobody's hands but of who makes it: it is shown once, and given on by them. */
export function ResetLinkMaker({ person }: { person: PersonFull }) {
  const { me } = useServices();
  const [made, setMade] = useState<ResetLink | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.directory.reset;
  const make = () => {
    setProblem(null);
    directory.reset(person.id).then(setMade, (error) => setProblem(codeOf(error)));
  };
  const zone = homeZone(me.value);
  const until = made && new Date(made.expires_at);
  return (
    <>
      <p class="soft">{text.lead}</p>
      <Problem code={problem} />
      <div role="status">
        {made && until && (
          <>
            <div class="invite-link">
              <input
                readOnly
                value={made.url}
                aria-label={text.ready}
                onFocus={(event) => event.currentTarget.select()}
              />
              <CopyButton text={made.url} />
            </div>
            <p class="soft">
              {text.once(
                person.name,
                `${longDate(until, zone, language.value)}, ${clockWithZone(until, zone)}`,
              )}
            </p>
          </>
        )}
      </div>
      {!made && (
        <button type="button" class="button" onClick={make}>
          <Icon name="key" />
          {text.make}
        </button>
      )}
    </>
  );
}
