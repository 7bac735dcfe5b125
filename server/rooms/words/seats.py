"""Coming, going and media: what can be asked of a room, and what can happen in it. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.rooms.words.agenda import Item
from server.rooms.words.door import Waits
from server.rooms.words.notes import Carried
from server.rooms.words.people import Occupant, Office

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class Opened:
    """`offices`: those that were invited; `quorum`: how many of them must be present, 0 for no rule.

    `carried`: what earlier meetings left to be done.
    """

    offices: tuple[Office, ...] = ()
    waits: Waits = "nobody"
    quorum: int = 0
    carried: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """A new seat, or somebody back on theirs.

    `notice`: version of the recording notice that was acknowledged, 0 for none (before there were versions).
    `recorded` False: a guest who does not consent is heard, and nothing of them is kept.
    """

    seat: str
    occupant: Occupant
    shared: bool
    mic: bool
    camera: bool
    notice: int = 0
    recorded: bool = True


@dataclass(frozen=True, slots=True)
class SeatAway:
    seat: str
    since: float


@dataclass(frozen=True, slots=True)
class SeatLeft:
    seat: str
    reason: Literal["left", "lost", "ended", "removed"]


@dataclass(frozen=True, slots=True)
class SeatSwitched:
    """Microphone, camera or screen went on or off. Events from before screens could be shared have no `screen`."""

    seat: str
    mic: bool
    camera: bool
    screen: bool = False


@dataclass(frozen=True, slots=True)
class PeerGiven:
    """A media connection of this seat begins; `peer` is its recording's and its transcript's track, too."""

    seat: str
    peer: str


@dataclass(frozen=True, slots=True)
class PeerGone:
    seat: str
    peer: str


@dataclass(frozen=True, slots=True)
class Ended:
    by: str | None  # seat; None when ended from the list of meetings


# --- commands ---


@dataclass(frozen=True, slots=True)
class Enter:
    """Sit down. `fresh_seat` is the id to use if none is kept for this person."""

    occupant: Occupant
    shared: bool
    mic: bool
    camera: bool
    fresh_seat: str
    notice: int = 0
    recorded: bool = True


@dataclass(frozen=True, slots=True)
class Connect:
    seat: str
    peer: str


@dataclass(frozen=True, slots=True)
class Disconnect:
    """A media connection is gone."""

    peer: str


@dataclass(frozen=True, slots=True)
class Switch:
    seat: str
    mic: bool | None = None
    camera: bool | None = None
    screen: bool | None = None


@dataclass(frozen=True, slots=True)
class LoseLine:
    seat: str


@dataclass(frozen=True, slots=True)
class Leave:
    seat: str


@dataclass(frozen=True, slots=True)
class Open:
    agenda: tuple[Item, ...] = ()
    offices: tuple[Office, ...] = ()
    waits: Waits = "nobody"
    quorum: int = 0
    carried: tuple[Carried, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """`seat` None: ended by somebody who may, from outside the room."""

    seat: str | None = None


@dataclass(frozen=True, slots=True)
class Restart:
    """The server is back: nobody's line has survived."""


@dataclass(frozen=True, slots=True)
class Expire:
    """Time passes: seats whose line stayed away too long are given up."""
