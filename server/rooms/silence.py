"""Whose microphone may be on, and what becomes of what it sends. PURE."""

from __future__ import annotations

from media.ports import VoiceUse
from server.rooms.state import Room, Seat


def silenced(room: Room, seat: Seat) -> bool:
    """Whether microphones are locked for this seat: not for who leads, nor for who has the floor."""
    holds = room.grant is not None and room.grant.seat == seat.id
    return room.mics_locked and not holds and not room.may(seat, "speak_locked")


def off_record(room: Room) -> bool:
    return room.suspended is not None or room.pause is not None


def voice_use(room: Room, seat: Seat) -> VoiceUse:
    """What media does with what this seat's microphone sends: a page may send what it likes."""
    if not seat.mic and (seat.barred or silenced(room, seat) or not room.may(seat, "speak")):
        return VoiceUse.BARRED
    return VoiceUse.HEARD if off_record(room) or not seat.recorded else VoiceUse.KEPT
