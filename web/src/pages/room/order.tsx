/** Whether the meeting sits and is on the record, said to everybody while it is not; and who presides, when it changes. */

import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Call } from "../../state/call";
import { officesHere } from "../../state/room";
import { shownName } from "./tile";
import { useRoom } from "./use-room";

export function Order({ call }: { call: Call }) {
  const order = useRoom(call, (room) => room.order);
  const text = t.value.leading;
  const said =
    order.suspended !== null
      ? { title: text.suspended, hint: text.suspendedHint }
      : order.pause && { title: text.paused, hint: text.pausedHint(order.pause.why) };
  return (
    <>
      <div class="banner" role="status">
        {said && (
          <p class="notice">
            <Icon name="pause" />
            <span>
              <strong>{said.title}.</strong> {said.hint}
            </span>
          </p>
        )}
      </div>
      <Quorum call={call} />
      <Presiding call={call} />
    </>
  );
}

/** To who leads: whether what is decided now would stand. */
function Quorum({ call }: { call: Call }) {
  const leads = useRoom(call, (room) => room.may.has("suspend"));
  const { quorum, quorate } = useRoom(call, (room) => room.order);
  const present = useRoom(call, officesHere);
  const text = t.value.gathering;
  const count = (value: number) => number(value, language.value);
  const missing = leads && quorum > 0 && !quorate;
  return (
    <>
      <div class="banner" role="status">
        {missing && (
          <p class="notice notice-warn">
            <Icon name="warning" />
            <span>{text.quorumMissing(count(present), count(quorum))}</span>
          </p>
        )}
      </div>
      <p class="visually-hidden" role="status">
        {leads && quorum > 0 && quorate ? text.quorumMet(count(present)) : ""}
      </p>
    </>
  );
}

/** Only where somebody stands in for the chair, or it is this person: else nothing is to be said. */
function Presiding({ call }: { call: Call }) {
  const seat = useRoom(call, (room) => room.order.presiding);
  const self = useRoom(call, (room) => room.seat);
  const person = useRoom(call, (room) => room.participants.get(seat ?? ""), seat);
  const text = t.value.leading;
  const acts = person && person.role !== "chair";
  return (
    <p class="visually-hidden" role="status">
      {acts ? (seat === self ? text.presidingYou : text.presidingNow(shownName(person))) : ""}
    </p>
  );
}
