"""What the server says to pages over the room's WebSocket: one discriminated union; `asked.py` is the other way.

PROTOCOL.md shows every message as a literal and a test holds it to these files; the page's TypeScript types are
generated from here (`rakor protocol`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from server.rooms.words.people import Role
from server.signalling.asks.delegation import Companion
from server.signalling.shapes import Message, Reaction, Sdp
from server.signalling.standing import (
    Agenda,
    Called,
    Carried,
    Chat,
    ChatRules,
    ChatWritten,
    Door,
    Floor,
    Notes,
    Order,
    Outside,
    Powers,
    Roll,
    Stopped,
    VoteChanged,
    Votes,
)

SlotKind = Literal["mic", "camera", "screen", "screen_audio"]
PictureKind = Literal["camera", "screen"]
QualityLevel = Annotated[int, Field(ge=0, le=3)]

# --- parts ---


class Participant(Message):
    seat: str
    name: str = Field(description="The person's name; the office's for a shared seat")
    position: str
    office: str = Field(description="Short name of the office, as in the tile's brackets")
    office_id: str = Field(description="Empty for outside institutions")
    role: Role
    shared: bool = Field(description="Several people sit at this seat")
    mic: bool
    camera: bool
    screen: bool = Field(description="Shares a screen; one seat at a time does")
    away: bool = Field(description="The line dropped; the seat is kept for a while")
    recorded: bool = Field(description="False: a guest who does not consent; heard, and nothing is kept")
    company: list[Companion] = Field(description="Who sit at a shared seat, as far as they are named")


class Slot(Message):
    mid: str
    kind: SlotKind
    seat: str | None
    csrc: int | None = Field(description="Show the tile only when the receiver's contributing sources name this")
    paused: bool = Field(description="There is a source, but nothing of it is sent to this page now: show the avatar")


class Plan(Message):
    voices: int
    cameras: int


class Caption(Message):
    line: str
    seat: str
    speaker: str = Field(description="Name, or 'pembicara belum ditetapkan' for a shared seat")
    office: str
    start: float = Field(description="Seconds of meeting time")
    end: float
    text: str


class MeetingBrief(Message):
    id: str
    title: str
    zone: str = Field(description="IANA zone of the hosting office")
    offices: list[str] = Field(description="Ids of those invited")


class IceServer(Message):
    """As `RTCIceServer`. The credential is good for some hours; every welcome brings a fresh one."""

    urls: list[str]
    username: str
    credential: str


# --- server to page ---


class Draft(Message):
    """A line that is still being spoken: the first `keep` words of the seat's former draft, and `text`.

    Its first `settled` words are settled: the last of them may still stand corrected. Without words the draft that
    began at `start` is over; so it is when a line of the seat comes that ends behind `start`.
    """

    type: Literal["draft"] = "draft"
    seat: str
    start: float = Field(description="Seconds of meeting time")
    keep: int
    text: str = Field(description="Words with one space between them")
    settled: int


class Welcome(Message):
    """The room as it is now. `media_kept` false: make a new connection and offer."""

    type: Literal["welcome"] = "welcome"
    version: int
    seat: str
    media_kept: bool
    meeting: MeetingBrief
    elapsed: float = Field(description="Meeting time now, in seconds")
    plan: Plan
    participants: list[Participant]
    captions: list[Caption]
    drafts: list[Draft]
    ice_servers: list[IceServer] = Field(description="Relays for whom no direct way leads to the media port")


class Waiting(Message):
    """Instead of a welcome: somebody must let this page in. It stays, and says hello again when it is `admitted`."""

    type: Literal["waiting"] = "waiting"
    meeting: MeetingBrief


class Admitted(Message):
    """Say hello again."""

    type: Literal["admitted"] = "admitted"


class Reacted(Message):
    """To be shown for a moment."""

    type: Literal["reacted"] = "reacted"
    seat: str
    kind: Reaction


class Answer(Message):
    type: Literal["answer"] = "answer"
    id: int
    peer: str
    sdp: Sdp


class Joined(Message):
    """A participant came, or came back, or changed (microphone, camera, screen, away)."""

    type: Literal["participant"] = "participant"
    participant: Participant


class Left(Message):
    type: Literal["left"] = "left"
    seat: str


class Slots(Message):
    """Slots of this page that changed, to be merged by `mid`; all of them after a welcome with `media_kept`."""

    type: Literal["slots"] = "slots"
    slots: list[Slot]


class Send(Message):
    """Which layers of this page's own picture somebody watches, lowest first: switch the others off."""

    type: Literal["send"] = "send"
    kind: PictureKind
    layers: list[bool]


class Quality(Message):
    """How well connections carry the meeting: 3 good, 2 fair, 1 poor, 0 hardly anything.

    One's own always; everybody's for who may see it. Only seats whose quality changed.
    """

    type: Literal["quality"] = "quality"
    seats: dict[str, QualityLevel]


class Speakers(Message):
    type: Literal["speakers"] = "speakers"
    seats: list[str]
    dominant: str | None


class CaptionSaid(Message):
    type: Literal["caption"] = "caption"
    caption: Caption


class Transcription(Message):
    """How transcription is doing: `ready`, `starting`, `slow`, `behind` (with seconds), `down`.

    `slow`: nobody has time for drafts, text comes when a sentence ends.
    """

    type: Literal["transcription"] = "transcription"
    state: Literal["ready", "starting", "slow", "behind", "down"]
    behind: float = 0.0


class MediaLost(Message):
    """The media connection `peer` is gone on the server's side: make a new one and offer, if it is still the page's."""

    type: Literal["media_lost"] = "media_lost"
    peer: str
    reason: str


class Ended(Message):
    type: Literal["ended"] = "ended"


class Failure(Message):
    """Something asked for was refused. `fatal`: the socket closes; `code` is stable (see errors.py)."""

    type: Literal["failure"] = "failure"
    code: str
    detail: str
    fatal: bool = False
    id: int | None = Field(default=None, description="The offer's id, when an offer was refused")


class Pong(Message):
    type: Literal["pong"] = "pong"
    at: float


ToPage = Annotated[
    Welcome
    | Waiting
    | Admitted
    | Powers
    | Door
    | Roll
    | Called
    | Carried
    | Reacted
    | Floor
    | Order
    | Outside
    | Agenda
    | Notes
    | Chat
    | ChatWritten
    | ChatRules
    | Votes
    | VoteChanged
    | Stopped
    | Answer
    | Joined
    | Left
    | Slots
    | Send
    | Quality
    | Speakers
    | CaptionSaid
    | Draft
    | Transcription
    | MediaLost
    | Ended
    | Failure
    | Pong,
    Field(discriminator="type"),
]

TO_PAGE: TypeAdapter[ToPage] = TypeAdapter(ToPage)
