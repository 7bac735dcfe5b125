"""What is printed: a notula with what surrounds it on paper. PURE.

The caller knows states, signatures and lines; here they are plain data. Moments are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from minutes.notula.content import Content

Kind = Literal["notula", "risalah", "tindak-lanjut", "berita-acara", "berita-jdih"]
Duty = Literal["minute_taker", "chair"]
SIGNATURES = 2


@dataclass(frozen=True, slots=True)
class Signed:
    """`method`: as it is told to whoever reads the paper."""

    duty: Duty
    name: str
    position: str
    at: datetime
    method: str = "segel elektronik internal (tidak tersertifikasi)"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the transcript as it stands. Meeting seconds. `speaker` "": nobody said who of a hall it was."""

    id: str
    start: float
    end: float
    office: str
    text: str
    speaker: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Adjourned, or off the record for a reason. Meeting seconds; `end` None: until the meeting's end."""

    kind: Literal["suspended", "off_record"]
    start: float
    end: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a follow-up is, for papers printed later. `id`: of the follow-up."""

    id: str
    status: str
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`number`: of the paper itself, where it is not the notula. `code`, `sha256` and the `url` of who checks: once
    sealed. `printed_at`: the moment that its file carries; the same sheet is the same file.
    """

    content: Content
    printed_at: datetime
    state: str = "machine_draft"
    version: int = 1
    signatures: tuple[Signed, ...] = ()
    code: str = ""
    sha256: str = ""
    url: str = ""
    number: str = ""
    said: tuple[Said, ...] = ()
    breaks: tuple[Break, ...] = ()
    progress: tuple[Progress, ...] = ()

    @property
    def signed(self) -> bool:
        """Both have signed: before that every paper is a draft."""
        return len(self.signatures) >= SIGNATURES

    @property
    def zone(self) -> ZoneInfo:
        """Of the host."""
        return ZoneInfo(self.content.zones[0])

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)
