/** Chat as this page may read it. Pure. */

import type { ChatMessage, ChatRules, Participant } from "../protocol/messages";
import type { Power } from "./floor";

export interface ChatState {
  readonly messages: readonly ChatMessage[];
  /** To whom others than those who lead may write. */
  readonly to: ChatRules["to"];
}

export const NO_CHAT: ChatState = { messages: [], to: "all" };

export function written(chat: ChatState, message: ChatMessage): ChatState {
  const known = chat.messages.some((each) => each.id === message.id);
  return known ? chat : { ...chat, messages: [...chat.messages, message] };
}

/** How many messages of others stand behind the last one that was read; null: none was read yet. */
export function unread(chat: ChatState, last: string | null): number {
  const from = chat.messages.findIndex((each) => each.id === last) + 1;
  return chat.messages.slice(from).filter((each) => !each.own).length;
}

/** Whom this page may write to besides those who lead: everybody here but itself, or only who leads. */
export function addressees(
  people: readonly Participant[],
  chat: ChatState,
  may: ReadonlySet<Power>,
  self: string | null,
): readonly Participant[] {
  const free = chat.to === "all" || may.has("order_chat");
  return people.filter((each) => each.seat !== self && (free || leads(each)));
}

export function mayWriteToAll(chat: ChatState, may: ReadonlySet<Power>): boolean {
  return chat.to === "all" || may.has("order_chat");
}

function leads(person: Participant): boolean {
  return person.role === "chair" || person.role === "moderator" || person.role === "secretariat";
}
