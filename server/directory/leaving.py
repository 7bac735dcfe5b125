"""Whoever may no longer be signed in leaves at once: rooms they sit in or wait outside of, transcripts they edit."""

from __future__ import annotations

from server.editing.desks import Desks
from server.editing.messages import Refused
from server.rooms.registry import Registry
from server.rooms.words.seats import Leave
from server.signalling.messages import Failure

DISABLED = "Akun Anda dinonaktifkan. Hubungi sekretariat kantor Anda."


async def leave_rooms(rooms: Registry, desks: Desks, person: str) -> None:
    """Their pages are told why; the room's record says that they left."""
    desks.send_away(person, Refused(code="disabled", detail=DISABLED))
    failure = Failure(code="disabled", detail=DISABLED, fatal=True)
    for room in rooms.going_on():
        await room.send_away(person, failure, rooms.now())
        for seat in [each.id for each in room.state.seats.values() if each.occupant.person == person]:
            if (outbox := room.outboxes.get(seat)) is not None:
                outbox.put(failure)
            await room.run(Leave(seat), rooms.now())
