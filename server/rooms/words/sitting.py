"""Whether the meeting sits, whether it is on the record, and who presides: asked, and happened. Data only."""

from __future__ import annotations

from dataclasses import dataclass

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class Suspended:
    """Skors: the meeting pauses, and nothing is recorded until it goes on. `at`: Unix seconds."""

    by: str
    at: float


@dataclass(frozen=True, slots=True)
class Resumed:
    """Skors dicabut."""

    by: str
    at: float


@dataclass(frozen=True, slots=True)
class RecordPaused:
    """Everybody is heard, nothing is recorded or transcribed. `why` stands in brackets in the record.

    `item`: because of the item that began; the next one that is on the record ends it.
    """

    by: str
    why: str
    item: bool
    at: float


@dataclass(frozen=True, slots=True)
class RecordResumed:
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class Presided:
    """Who leads from now on; None: nobody is here who may."""

    seat: str | None


@dataclass(frozen=True, slots=True)
class QuorumChanged:
    """`met`: as many of the invited offices are present as must be. `at`: Unix seconds."""

    met: bool
    present: int
    at: float


# --- commands ---


@dataclass(frozen=True, slots=True)
class Suspend:
    seat: str
    on: bool


@dataclass(frozen=True, slots=True)
class PauseRecord:
    seat: str
    on: bool
    why: str = ""
