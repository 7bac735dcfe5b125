"""Who may do what in a room: one table for server, page and tests. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from server.rooms.words.people import Role

Power = Literal[
    "end",  # the meeting, for all
    "suspend",  # skors, and its end
    "pause_record",
    "lead_agenda",  # change it, and say which item is under discussion
    "note",  # outcomes
    "lead_vote",
    "vote",  # with the voice of one's office
    "give_floor",
    "chat",
    "order_chat",  # say to whom others may write, and read what is for who leads
    "order_hands",  # lower those of others
    "stop",  # microphones, cameras and screens of others
    "lock_mics",  # nobody may switch on a microphone
    "lock_room",
    "admit",  # who waits outside, or turn them away
    "remove",  # show people out, and let them back
    "name_people",  # who sit at somebody else's device
    "appoint",  # give roles
    "see_quality",  # of everybody's connection
    "take_screen",  # share while somebody else does
    "share",
    "speak",
    "speak_locked",  # though microphones are locked
    "raise_hand",
    "react",
]

ALL: frozenset[Power] = frozenset(get_args(Power))
_SPEAKS: frozenset[Power] = frozenset({"raise_hand", "speak", "share", "chat", "react"})
_ORDERS: frozenset[Power] = frozenset({"stop", "see_quality", "take_screen", "speak_locked"})

_PRESIDES: frozenset[Power] = frozenset(
    {
        "suspend",
        "pause_record",
        "lead_agenda",
        "note",
        "lead_vote",
        "vote",
        "give_floor",
        "order_hands",
        "order_chat",
        "lock_mics",
        "admit",
        "name_people",
    }
)

POWERS: Mapping[Role, frozenset[Power]] = {
    "chair": ALL,
    "secretariat": ALL,
    "moderator": _SPEAKS | _ORDERS | _PRESIDES,
    "operator": _SPEAKS | _ORDERS | {"lock_room", "admit", "remove"},
    "presenter": _SPEAKS | {"take_screen", "speak_locked", "vote"},
    "participant": _SPEAKS | {"vote"},
    "guest": _SPEAKS,
    "observer": frozenset({"chat", "react"}),
}

RANKS: tuple[Role, ...] = ("chair", "moderator", "secretariat")
"""Who presides: the first of these who is here."""


def may(role: Role, power: Power) -> bool:
    return power in POWERS[role]
