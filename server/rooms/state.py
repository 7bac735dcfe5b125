"""What a room is between two events, and what every command asks of it first. PURE."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from server.rooms.powers import ALL, POWERS, Power
from server.rooms.words.agenda import Item
from server.rooms.words.company import Companion
from server.rooms.words.door import Waits
from server.rooms.words.floor import Request
from server.rooms.words.notes import Carried, Said, Settled
from server.rooms.words.people import Given, Occupant, Office
from server.rooms.words.talking import Allowed, Written
from server.rooms.words.voting import Choice, Method

AWAY_S = 45.0  # how long a lost line keeps its seat
_CHAIRS = "Hanya pimpinan rapat atau sekretariat yang dapat"
_LEADERS = "Hanya pimpinan rapat, moderator, atau sekretariat yang dapat"
REFUSALS: Mapping[Power, str] = {
    "end": f"{_CHAIRS} mengakhiri rapat.",
    "suspend": f"{_LEADERS} menskors rapat.",
    "pause_record": f"{_LEADERS} menjeda perekaman.",
    "lead_agenda": f"{_LEADERS} mengatur acara.",
    "note": f"{_LEADERS} mencatat hasil rapat.",
    "give_floor": f"{_LEADERS} memberi kesempatan bicara.",
    "order_hands": f"{_LEADERS} menurunkan tangan peserta lain.",
    "lead_vote": f"{_LEADERS} memimpin pemungutan suara.",
    "vote": "Hanya peserta dari satker yang diundang yang memiliki suara.",
    "chat": "Anda tidak dapat menulis obrolan dalam rapat ini.",
    "order_chat": f"{_LEADERS} membatasi obrolan.",
    "stop": f"{_LEADERS} mematikan mikrofon, kamera, atau layar peserta lain.",
    "lock_mics": f"{_LEADERS} mengunci mikrofon.",
    "lock_room": f"{_CHAIRS} mengunci ruang rapat.",
    "admit": f"{_LEADERS} mengatur ruang tunggu.",
    "remove": f"{_CHAIRS} mengeluarkan peserta.",
    "name_people": f"{_LEADERS} menulis siapa yang duduk di perangkat lain.",
    "appoint": f"{_CHAIRS} menetapkan peran.",
    "see_quality": f"{_LEADERS} melihat sambungan peserta lain.",
    "take_screen": f"{_LEADERS} mengambil alih layar.",
    "share": "Peninjau tidak dapat membagikan layar.",
    "speak": "Peninjau mengikuti rapat tanpa mikrofon.",
    "speak_locked": "Mikrofon dikunci oleh pimpinan rapat. Angkat tangan untuk meminta bicara.",
    "raise_hand": "Peninjau tidak dapat mengangkat tangan.",
    "react": "Anda tidak dapat mengirim reaksi dalam rapat ini.",
}


class Refused(Exception):
    """A command that this room does not allow now. `code` is stable."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Seat:
    id: str
    occupant: Occupant
    shared: bool
    mic: bool
    camera: bool
    screen: bool = False
    barred: bool = False
    """Who leads has switched the microphone off, and it was not switched on since: nothing it sends is heard."""
    recorded: bool = True
    """False: a guest who does not consent."""
    company: tuple[Companion, ...] = ()
    """Who sit at a shared device, as far as somebody has named them."""
    peer: str | None = None
    away_since: float | None = None  # Unix seconds

    @property
    def name(self) -> str:
        """A shared seat is shown as its office: who sits there is not known."""
        return self.occupant.office if self.shared else self.occupant.name


@dataclass(frozen=True, slots=True)
class Hand:
    seat: str
    request: Request


@dataclass(frozen=True, slots=True)
class Grant:
    """Who has the floor. `speaker`: who of a delegation; "" where one person sits. Times in Unix seconds."""

    seat: str
    speaker: str
    since: float
    seconds: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Off the record. `item`: because of the item under discussion."""

    why: str
    item: bool
    since: float


@dataclass(frozen=True, slots=True)
class Note:
    id: str
    said: Said
    item: str | None
    at: float  # Unix seconds
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    occupant: Occupant
    since: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Roll:
    """Offices called to speak one after another. `answers`: whether somebody of it was there, by office."""

    offices: tuple[Office, ...]
    seconds: int
    answers: dict[str, bool] = field(default_factory=dict)
    called: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Of an earlier meeting, and what this one found of it."""

    carried: Carried
    how: Settled = "open"
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The voice of an office. `name`: whose hand; "" where whoever leads has entered what was said."""

    choice: Choice
    name: str


@dataclass(frozen=True, slots=True)
class Vote:
    id: str
    question: str
    method: Method
    roll: tuple[Office, ...]
    item: str | None
    at: float  # Unix seconds
    casts: dict[str, Cast] = field(default_factory=dict)
    """By office."""
    called: str | None = None
    closed: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    seats: dict[str, Seat] = field(default_factory=dict)
    seat_by_peer: dict[str, str] = field(default_factory=dict)
    hands: tuple[Hand, ...] = ()
    """In the order in which they were raised; interruptions before the others."""
    grant: Grant | None = None
    mics_locked: bool = False
    locked: bool = False
    waits: Waits = "nobody"
    waiting: dict[str, Waiting] = field(default_factory=dict)
    """Outside, by person, in the order in which they came."""
    admitted: frozenset[str] = frozenset()
    """People who need not wait any more."""
    roles: dict[str, Given] = field(default_factory=dict)
    """What was given in this room, by person."""
    banned: dict[str, str] = field(default_factory=dict)
    """Names of those who may not come back, by person."""
    presiding: str | None = None
    suspended: float | None = None  # since; Unix seconds
    pause: Pause | None = None
    agenda: tuple[Item, ...] = ()
    item: str | None = None
    item_since: float = 0.0  # Unix seconds
    notes: dict[str, Note] = field(default_factory=dict)
    """In the order in which they were made."""
    offices: tuple[Office, ...] = ()
    """Those that were invited."""
    quorum: int = 0
    """How many of them must be present; 0: there is no rule."""
    quorate: bool = False
    roll: Roll | None = None
    carried: dict[str, FollowUp] = field(default_factory=dict)
    """What earlier meetings left to be done, by id."""
    votes: dict[str, Vote] = field(default_factory=dict)
    """In the order in which they were opened; at most the last is open."""
    chat: tuple[Written, ...] = ()
    chat_to: Allowed = "all"
    opened: bool = False
    ended: bool = False

    def seat_of(self, person: str) -> Seat | None:
        return next((seat for seat in self.seats.values() if seat.occupant.person == person), None)

    def seat_with(self, peer: str) -> Seat | None:
        seat = self.seats.get(self.seat_by_peer.get(peer, ""))
        return seat if seat is not None and seat.peer == peer else None

    def powers(self, seat: Seat) -> frozenset[Power]:
        """Of its role; whoever presides has those of the chair."""
        return ALL if seat.id == self.presiding else POWERS[seat.occupant.role]

    def may(self, seat: Seat, power: Power) -> bool:
        return power in self.powers(seat)

    @property
    def present(self) -> int:
        """How many of the invited offices somebody sits here for."""
        here = {seat.occupant.office_id for seat in self.seats.values()}
        return sum(office.id in here for office in self.offices)

    @property
    def open_vote(self) -> Vote | None:
        last = next(reversed(self.votes.values()), None)
        return last if last is not None and not last.closed else None

    @property
    def sharing(self) -> Seat | None:
        """Whose screen is shared."""
        return next((seat for seat in self.seats.values() if seat.screen), None)


def in_open_room(room: Room) -> None:
    if room.ended:
        raise Refused("meeting_ended", "Rapat sudah diakhiri.")
    if not room.opened:
        raise Refused("meeting_not_open", "Rapat belum dibuka.")


def in_session(room: Room) -> None:
    """Raises `Refused` while the meeting is suspended."""
    if room.suspended is not None:
        raise Refused("suspended", "Rapat sedang diskors.")


def seated(room: Room, seat: str) -> Seat:
    in_open_room(room)
    found = room.seats.get(seat)
    if found is None:
        raise Refused("no_seat", "Anda tidak lagi berada di rapat ini.")
    return found


def allowed(room: Room, seat: str, power: Power) -> Seat:
    """Raises `Refused`."""
    found = seated(room, seat)
    if not room.may(found, power):
        raise Refused("forbidden", REFUSALS[power])
    return found


def meant(room: Room, seat: str) -> Seat:
    """Somebody else, as named by who leads. Raises `Refused`."""
    found = room.seats.get(seat)
    if found is None:
        raise Refused("participant_gone", "Peserta itu sudah tidak berada di ruang rapat.")
    return found


def with_seat(room: Room, seat: Seat) -> Room:
    return replace(room, seats={**room.seats, seat.id: seat})


def changed(room: Room, seat: str, change: Callable[[Seat], Seat]) -> Room:
    found = room.seats.get(seat)
    return room if found is None else with_seat(room, change(found))
