"""What can become of a follow-up, and who may say so. PURE.

Its office (`doer`) works on it and reports it done, with evidence. Somebody else, chair or secretariat of the office
that held the meeting (`host`), verifies that or returns it with a reason; they alone cancel, and take it up again. That
it is late is nobody's word: `dates.late` derives it.

    belum_mulai <──> dalam_proses <──> menunggu_pihak_lain     start, rest, wait: doer
         └──────────────┴───── report ────────┘                doer, with evidence
                               v
                            selesai ── take_back (doer) or return (host, with a reason) ──> dalam_proses
                               └── verify: host, another person than who reported
    open ── cancel (host, with a reason) ──> dibatalkan ── reopen (host, with a reason) ──> dalam_proses, belum_mulai
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from server.errors import BadRequest, Conflict, Forbidden, RakorError


class Status(StrEnum):
    NOT_STARTED = "belum_mulai"
    IN_PROGRESS = "dalam_proses"
    WAITING = "menunggu_pihak_lain"
    DONE = "selesai"
    CANCELLED = "dibatalkan"


Duty = Literal["doer", "host"]
Move = Literal["start", "rest", "wait", "report", "take_back", "verify", "return", "cancel", "reopen", "remark"]
OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS, Status.WAITING})
ENTIRE = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """`to` None: the status stays. `words`: a reason or a remark must be given."""

    out_of: frozenset[Status]
    to: Status | None
    who: frozenset[Duty]
    words: bool = False


_DOER, _HOST = frozenset[Duty]({"doer"}), frozenset[Duty]({"host"})
_DONE = frozenset({Status.DONE})
MOVES: Mapping[Move, Rule] = {
    "start": Rule(OPEN, Status.IN_PROGRESS, _DOER),
    "rest": Rule(OPEN, Status.NOT_STARTED, _DOER),
    "wait": Rule(OPEN, Status.WAITING, _DOER),
    "report": Rule(OPEN, Status.DONE, _DOER),
    "take_back": Rule(_DONE, Status.IN_PROGRESS, _DOER),
    "verify": Rule(_DONE, None, _HOST),
    "return": Rule(_DONE, Status.IN_PROGRESS, _HOST, words=True),
    "cancel": Rule(OPEN, Status.CANCELLED, _HOST, words=True),
    "reopen": Rule(frozenset({Status.CANCELLED}), Status.NOT_STARTED, _HOST, words=True),
    "remark": Rule(frozenset(Status), None, _DOER | _HOST, words=True),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """An item as it stands. `evidence`: how many pieces; `withdrawn`: an amended notula has ended it."""

    status: Status
    percent: int = 0
    reported_by: str | None = None
    verified: bool = False
    evidence: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a move makes of it."""

    status: Status
    percent: int
    reported_by: str | None
    verified: bool


def decide(
    now: Standing, move: Move, duties: frozenset[Duty], person: str, text: str, percent: int | None
) -> Outcome:  # fmt: skip
    """`percent` None: as it was. Raises `Forbidden`, `Conflict` and `BadRequest`."""
    if (fault := refusal(now, move, duties, person)) is not None:
        raise fault
    rule = MOVES[move]
    if rule.words and not text.strip():
        raise BadRequest("Tulis alasan atau keterangannya.", code="words_needed")
    if rule.to is None:
        return Outcome(now.status, now.percent, now.reported_by, now.verified or move == "verify")
    status = Status.IN_PROGRESS if move == "reopen" and now.percent else rule.to
    return Outcome(status, _percent(status, now.percent, percent), person if status is Status.DONE else None, False)


def allowed(now: Standing, duties: frozenset[Duty], person: str) -> tuple[Move, ...]:
    """What this person may do with it now, evidence aside: a page shows the way to it."""
    told = [(move, refusal(now, move, duties, person)) for move in MOVES]
    return tuple(move for move, fault in told if fault is None or fault.code == "evidence_needed")


def may_add_evidence(now: Standing, duties: frozenset[Duty]) -> bool:
    """Its office, until the report is verified: what was verified must stay what it was."""
    return "doer" in duties and now.status is not Status.CANCELLED and not now.verified


def may_remove_evidence(now: Standing, duties: frozenset[Duty]) -> bool:
    """Not under a report, which rests on it: that is taken back before."""
    return "doer" in duties and now.status in OPEN


def refusal(now: Standing, move: Move, duties: frozenset[Duty], person: str) -> RakorError | None:
    """Why not; None where they may."""
    rule = MOVES[move]
    if not duties & rule.who:
        return Forbidden(_WHOSE["host" if rule.who == _HOST else "doer"], code="not_your_duty")
    if now.status not in rule.out_of:
        return Conflict("Keadaan butir ini tidak mengizinkannya. Muat ulang halaman.", code="out_of_turn")
    if move == "report" and not now.evidence:
        return Conflict("Lampirkan bukti dukung dahulu, lalu laporkan selesai.", code="evidence_needed")
    if move in ("verify", "take_back") and now.verified:
        return Conflict("Butir ini sudah diverifikasi. Penyelenggara dapat mengembalikannya.", code="already_verified")
    if move == "verify" and now.reported_by == person:
        return Conflict("Yang melaporkan selesai tidak memverifikasi sendiri.", code="own_report")
    if move == "reopen" and now.withdrawn:
        return Conflict("Notula yang diralat tidak lagi memuat butir ini.", code="withdrawn")
    return None


_WHOSE: Mapping[Duty, str] = {
    "doer": "Hanya satker penanggung jawab yang dapat melakukan ini.",
    "host": "Hanya pimpinan atau sekretariat penyelenggara rapat yang dapat melakukan ini.",
}


def _percent(status: Status, before: int, given: int | None) -> int:
    """Nothing done is 0, all done is 100, and what is under way is less than that."""
    if status is Status.NOT_STARTED or status is Status.DONE:
        return 0 if status is Status.NOT_STARTED else ENTIRE
    wanted = before if given is None else given
    return max(0, min(wanted, ENTIRE - 1))
