/** The posts of one person, the latest first: a new one, corrections, ends; what is struck out can be undone. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { directory, type PersonFull, type PositionFields, type PositionRow } from "../../api/directory";
import type { Office } from "../../api/types";
import { codeOf } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { calendarDay } from "../../format/time";
import { language, t } from "../../locales";
import { fieldsOf, mayEnd, period, positionFields } from "../../state/directory";
import { PostFields } from "./fields";
import { Refused } from "./person-dialog";

interface Props {
  person: PersonFull;
  offices: readonly Office[];
  set: (person: PersonFull) => void;
  again: () => void;
}

export function History({ person, offices, set, again }: Props) {
  const [edited, edit] = useState<string | null>(null);
  const [struck, setStruck] = useState<PositionRow | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.directory.position;
  const run = async (doing: Promise<PersonFull>): Promise<boolean> => {
    setProblem(null);
    try {
      set(await doing);
      edit(null);
      setStruck(null);
      return true;
    } catch (error) {
      setProblem(codeOf(error));
      return false;
    }
  };
  const strike = async (post: PositionRow) => {
    if (await run(directory.strike(post.id, person.version))) setStruck(post);
  };
  const save = (post: PositionRow | null, fields: PositionFields, endsOthers: boolean) =>
    void run(
      post
        ? directory.correct(post.id, fields, person.version)
        : directory.takeUp(person.id, fields, endsOthers, person.version),
    );
  return (
    <>
      <Refused code={problem} again={again} />
      <ul class="posts">
        {person.positions.map((post) => (
          <li key={post.id}>
            {edited === post.id ? (
              <PostForm
                offices={offices}
                post={post}
                close={() => edit(null)}
                save={(fields) => save(post, fields, false)}
              />
            ) : (
              <Post
                post={post}
                only={person.positions.length === 1}
                edit={() => edit(post.id)}
                end={() => save(post, { ...fieldsOf(post), valid_until: calendarDay(new Date()) }, false)}
                strike={() => void strike(post)}
              />
            )}
          </li>
        ))}
      </ul>
      <p class="posts-undo" role="status">
        {struck && (
          <>
            {text.struck(struck.title)}{" "}
            <button
              type="button"
              class="button button-small"
              onClick={() => save(null, fieldsOf(struck), false)}
            >
              {text.undo}
            </button>
          </>
        )}
      </p>
      {edited === "new" ? (
        <PostForm
          offices={offices}
          post={null}
          first={person}
          close={() => edit(null)}
          save={(fields, endsOthers) => save(null, fields, endsOthers)}
        />
      ) : (
        <button type="button" class="button" onClick={() => edit("new")}>
          <Icon name="plus" />
          {text.add}
        </button>
      )}
    </>
  );
}

interface PostProps {
  post: PositionRow;
  only: boolean;
  edit: () => void;
  end: () => void;
  strike: () => void;
}

function Post({ post, only, edit, end, strike }: PostProps) {
  const text = t.value.directory;
  const kind = post.kind === "definitif" ? "" : post.kind === "plt" ? "Plt. " : "Plh. ";
  const title = `${kind}${post.title}`;
  return (
    <div class="post">
      <p class="post-what">
        <strong>{title}</strong> {post.counts && <span class="badge badge-live">{text.person.today}</span>}
        <small>
          {post.office} · {period(post.valid_from, post.valid_until, text.position, language.value)}
        </small>
      </p>
      {post.may_change && (
        <div class="post-act">
          <button
            type="button"
            class="button button-small"
            aria-label={text.position.editOf(title)}
            onClick={edit}
          >
            {text.edit}
          </button>
          {mayEnd(post, calendarDay(new Date())) && (
            <button
              type="button"
              class="button button-small"
              aria-label={text.position.endOf(title)}
              onClick={end}
            >
              {text.position.end}
            </button>
          )}
          {!only && (
            <button
              type="button"
              class="button button-small"
              aria-label={text.position.strikeOf(title)}
              onClick={strike}
            >
              {text.position.strike}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface FormProps {
  offices: readonly Office[];
  /** Null: a new one. */
  post: PositionRow | null;
  /** Whose office a new one is offered at first. */
  first?: PersonFull;
  close: () => void;
  save: (fields: PositionFields, endsOthers: boolean) => void;
}

function PostForm({ offices, post, first, close, save }: FormProps) {
  const text = t.value.directory.position;
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save(positionFields(form), form.get("ends_others") !== null);
  };
  const start = post ?? {
    office_id: first?.office_id ?? "",
    office: first?.office ?? "",
    valid_from: calendarDay(new Date()),
  };
  return (
    <form class="post-form" onSubmit={submit}>
      <PostFields offices={offices} post={start} />
      {!post && (
        <label class="check">
          <input type="checkbox" name="ends_others" defaultChecked />
          <span>{text.endsOthers}</span>
        </label>
      )}
      <div class="buttons">
        <button type="button" class="button" onClick={close}>
          {t.value.app.cancel}
        </button>
        <button type="submit" class="button button-main">
          {t.value.app.save}
        </button>
      </div>
    </form>
  );
}
