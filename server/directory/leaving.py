"""Whoever may no longer be signed in leaves the rooms they sit in, at once."""

from __future__ import annotations

from server.rooms.registry import Registry
from server.rooms.words.seats import Leave
from server.signalling.messages import Failure

DISABLED = "Akun Anda dinonaktifkan. Hubungi sekretariat kantor Anda."


async def leave_rooms(rooms: Registry, person: str) -> None:
    """Their pages are told why; the room's record says that they left."""
    for room in rooms.going_on():
        for seat in [each.id for each in room.state.seats.values() if each.occupant.person == person]:
            if (outbox := room.outboxes.get(seat)) is not None:
                outbox.put(Failure(code="disabled", detail=DISABLED, fatal=True))
            await room.run(Leave(seat), rooms.now())
