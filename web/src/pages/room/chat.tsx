/** Talking beside: to everybody, to who leads, or to one person. */

import { useEffect, useRef, useState } from "preact/hooks";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import type { ChatMessage } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { addressees, mayWriteToAll } from "../../state/chat";
import { shownName } from "./tile";
import { useRoom } from "./use-room";
import "./chat.css";

export function Chat({ call }: { call: Call }) {
  const messages = useRoom(call, (room) => room.chat.messages);
  const list = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.id ?? null;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
    call.read.value = newest;
  }, [newest]);
  const text = t.value.chat;
  return (
    <>
      <Rules call={call} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <div class="chat" ref={list} role="log" aria-label={text.title} tabIndex={0}>
        {messages.length === 0 && <p class="empty">{text.empty}</p>}
        <ol>
          {messages.map((each) => (
            <Message key={each.id} message={each} />
          ))}
        </ol>
      </div>
      <Compose call={call} />
    </>
  );
}

function Message({ message }: { message: ChatMessage }) {
  const text = t.value.chat;
  const to =
    message.audience === "leaders"
      ? text.toLeaders
      : message.audience === "one"
        ? message.own
          ? text.toOne(message.to)
          : text.toYou
        : null;
  return (
    <li class={message.own ? "message message-own" : "message"}>
      <p class="message-who">
        <strong>{message.own ? text.you : message.name}</strong>
        {to && <span>{to}</span>}
        <time class="numbers">{meetingClock(message.at)}</time>
      </p>
      <p class="message-text">{message.text}</p>
    </li>
  );
}

function Rules({ call }: { call: Call }) {
  const limited = useRoom(call, (room) => room.chat.to === "leaders");
  const orders = useRoom(call, (room) => room.may.has("order_chat"));
  const text = t.value.chat;
  if (!limited && !orders) return null;
  return (
    <div class="chat-rules">
      {limited && <p>{text.limited}</p>}
      {orders && (
        <button
          type="button"
          class="button button-small"
          onClick={() => call.ask({ type: "limit_chat", to: limited ? "all" : "leaders" })}
        >
          {limited ? text.free : text.limit}
        </button>
      )}
    </div>
  );
}

function Compose({ call }: { call: Call }) {
  const [to, setTo] = useState("all");
  const [failed, setFailed] = useState(false);
  const chat = useRoom(call, (room) => room.chat);
  const may = useRoom(call, (room) => room.may);
  const self = useRoom(call, (room) => room.seat);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = t.value.chat;
  const people = addressees(call.roster.value, chat, may, self);
  const all = mayWriteToAll(chat, may);
  const known = to === "leaders" || (to === "all" ? all : people.some((each) => each.seat === to));
  const chosen = known ? to : "leaders";
  const send = () => {
    const said = field.current?.value.trim();
    if (!said || !field.current) return;
    const audience = chosen === "all" || chosen === "leaders" ? chosen : "one";
    const sent = call.ask({ type: "write", audience, text: said, to: audience === "one" ? chosen : "" });
    setFailed(!sent);
    if (sent) field.current.value = "";
  };
  return (
    <form
      class="compose"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="compose-to">
        <span>{text.to}</span>
        <select value={chosen} onChange={(event) => setTo(event.currentTarget.value)}>
          {all && <option value="all">{text.all}</option>}
          <option value="leaders">{text.leaders}</option>
          {people.map((each) => (
            <option key={each.seat} value={each.seat}>
              {shownName(each)}
            </option>
          ))}
        </select>
      </label>
      <div class="compose-text">
        <textarea
          ref={field}
          rows={2}
          maxLength={2000}
          aria-label={text.text}
          placeholder={text.text}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="button button-main">
          {text.send}
        </button>
      </div>
      {failed && (
        <p class="notice notice-bad" role="alert">
          {t.value.room.offline}
        </p>
      )}
    </form>
  );
}

/** Says what was written, to who does not have the chat open. */
export function ChatHeard({ call, open }: { call: Call; open: boolean }) {
  const last = useRoom(call, (room) => room.chat.messages.at(-1));
  const fresh = last && !last.own && !open && call.read.value !== last.id;
  return (
    <p class="visually-hidden" role="status">
      {fresh ? t.value.chat.from(last.name, last.text) : ""}
    </p>
  );
}
