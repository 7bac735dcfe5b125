"""The sockets of those who wait outside, and of those who were let in and have not come yet: one a person."""

from __future__ import annotations

from collections.abc import Iterator

from server.rooms.words import RoomEvent
from server.rooms.words.door import Admitted, TurnedAway
from server.rooms.words.seats import Ended
from server.signalling import messages as say
from server.signalling.outbox import Outbox
from server.signalling.shapes import Message

TURNED_AWAY = "Pimpinan rapat belum mengizinkan Anda masuk. Hubungi sekretariat penyelenggara."


class Lobby:
    def __init__(self) -> None:
        self._outboxes: dict[str, Outbox] = {}

    def hold(self, person: str, outbox: Outbox, meeting: say.MeetingBrief, admitted: bool) -> None:
        """`admitted`: let in while their knock was committed."""
        self._outboxes[person] = outbox
        outbox.put(say.Waiting(meeting=meeting))
        if admitted:
            outbox.put(say.Admitted())

    def holds(self, person: str, outbox: Outbox) -> bool:
        return self._outboxes.get(person) is outbox

    def release(self, person: str) -> Outbox | None:
        return self._outboxes.pop(person, None)

    def tell(self, event: RoomEvent) -> None:
        """Who is let in says hello again; who is turned away is hung up on, as all are at the end."""
        for person, message in list(self._told(event)):
            self._outboxes[person].put(message)
            if not isinstance(message, say.Admitted):
                self._outboxes.pop(person).close()

    def _told(self, event: RoomEvent) -> Iterator[tuple[str, Message]]:
        match event:
            case Admitted(person=person) if person in self._outboxes:
                yield person, say.Admitted()
            case TurnedAway(person=person) if person in self._outboxes:
                yield person, say.Failure(code="turned_away", detail=TURNED_AWAY, fatal=True)
            case Ended():
                yield from ((person, say.Ended()) for person in self._outboxes)
