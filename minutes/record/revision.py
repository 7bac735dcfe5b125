"""A track is heard a second time, and better words take the place of a machine's first ones.

A line that a person has touched stays as it is, and nothing is said again where words are blackened. All others are
paired with what is heard now by the time they share, and keep their ids: whoever cites a line finds it again, in other
words. Of two lines that are one now, one id goes.
Every function works in the caller's transaction and commits nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record import changes
from minutes.record.editing.operations import BY_HAND
from minutes.record.editing.words import is_redacted
from minutes.record.flags import SLACK_S
from minutes.record.models import Line, LineEdit, Track
from minutes.record.ports import LineIndex
from minutes.record.provenance import keep
from minutes.record.tracks import held, made
from minutes.record.wording import worded
from minutes.speech.ports import Recognition, Utterance

COVERED = 0.5  # of a line's time: said by another line, then
Span = tuple[float, float]
# Also a line that a person has put back as the machine left it: what its history says must stay true.
_TOUCHED = or_(
    col(Line.edited), col(Line.known_by) == BY_HAND, col(Line.id).in_(select(col(LineEdit.line_id)).scalar_subquery())
)


def paired(before: Sequence[Span], now: Sequence[Span]) -> list[int | None]:
    """For each of `now`, which of `before` it takes the place of: those that share most time first, each once."""
    shared = [(-overlap(old, new), i, j) for j, new in enumerate(now) for i, old in enumerate(before) if meet(old, new)]
    found: list[int | None] = [None] * len(now)
    taken: set[int] = set()
    for _, i, j in sorted(shared):
        if i not in taken and found[j] is None:
            found[j] = i
            taken.add(i)
    return found


def overlap(one: Span, other: Span) -> float:
    """Seconds that both last."""
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))


def meet(one: Span, other: Span) -> bool:
    """Whether both may say the same: they share more than half of the shorter one's time."""
    return overlap(one, other) > COVERED * min(one[1] - one[0], other[1] - other[0])


def covered(span: Span, by: Sequence[Span]) -> bool:
    return sum(overlap(span, each) for each in by) > COVERED * (span[1] - span[0])


async def next_unrevised(session: AsyncSession) -> Track | None:
    """The oldest track that has been heard to its end once, and not twice."""
    query = select(Track).where(col(Track.complete), col(Track.revised).is_(False))
    found: Track | None = await session.scalar(query.order_by(col(Track.meeting_date), col(Track.started)).limit(1))
    return found


async def revise(
    session: AsyncSession,
    track_id: str,
    token: int,
    until: float,
    utterances: Sequence[Utterance],
    index: LineIndex,
    by: Recognition | None = None,
) -> list[Line]:
    """Lines from where the second hearing stood to `until` say what was heard now; those that are new or changed.

    A line that nothing was heard in now stays: a doubt, not a proof. Raises `StaleToken`, `NoSuchTrack`.
    """
    track = await held(session, track_id, token)
    kept, black = await _by_hand(session, track)
    open = await _open(session, track, until)
    spoken = (each for each in utterances if each.text.strip())
    fresh = [each for each in spoken if not _said_by_hand((each.start, each.end), kept, black)]
    heard = [(each.start, each.end) for each in fresh]
    places = paired([_span(line) for line in open], heard)
    gone = [line for i, line in enumerate(open) if i not in places and covered(_span(line), heard)]
    again = [open[i] for i in places if i is not None]
    before = changes.stood([*gone, *again])
    await index.remove(session, [*gone, *again])
    lines = []
    for said, i in zip(fresh, places, strict=True):
        heard_by = await keep(session, by, said.prompt) if by is not None else None
        lines.append(made(track, said, heard_by, index) if i is None else _rewritten(open[i], said, heard_by, index))
    session.add_all(lines)
    if gone:
        await session.execute(delete(Line).where(col(Line.number).in_([line.number for line in gone])))
    track.revised_until = max(track.revised_until, until)
    await session.flush()
    await index.add(session, lines)
    await changes.note(session, track.meeting_id, before, lines)
    return lines


async def finish(session: AsyncSession, track_id: str, token: int) -> None:
    """All of it has been heard again. Raises `StaleToken`, `NoSuchTrack`."""
    track = await held(session, track_id, token)
    track.revised = True
    await session.flush()


async def revised_share(session: AsyncSession, meeting_id: str) -> float:
    """How much of what is recorded of a meeting has been heard a second time, 0 to 1."""
    query = select(col(Track.started), col(Track.heard_until), col(Track.revised_until), col(Track.revised))
    rows = (await session.execute(query.where(col(Track.meeting_id) == meeting_id))).all()
    # Who never spoke was heard up to nothing: a microphone is heard from the meeting's first second on.
    lengths = [(max(0.0, end - start), max(0.0, until - start), done) for start, end, until, done in rows]
    whole = sum(length for length, _, _ in lengths)
    again = sum(length if done else min(length, part) for length, part, done in lengths)
    return again / whole if whole > 0 else 1.0


async def _open(session: AsyncSession, track: Track, until: float) -> list[Line]:
    """A machine's lines whose middle lies where it has been heard now."""
    middle = (col(Line.start) + col(Line.end)) / 2
    query = select(Line).where(col(Line.track_id) == track.id, not_(_TOUCHED))
    query = query.where(middle >= track.revised_until, middle < until).order_by(col(Line.start))
    return list((await session.scalars(query)).all())


async def _by_hand(session: AsyncSession, track: Track) -> tuple[list[Span], list[Span]]:
    """Where a person has touched a line, and where words are blackened."""
    found = list(await session.scalars(select(Line).where(col(Line.track_id) == track.id, _TOUCHED)))
    black = [(word["start"], word["end"]) for line in found for word in line.words if is_redacted(word)]
    return [_span(line) for line in found], black


def _said_by_hand(span: Span, kept: Sequence[Span], black: Sequence[Span]) -> bool:
    return any(meet(each, span) for each in kept) or any(overlap(each, span) > SLACK_S for each in black)


def _span(line: Line) -> Span:
    return line.start, line.end


def _rewritten(line: Line, said: Utterance, heard_by: str | None, index: LineIndex) -> Line:
    wording = worded(said)
    line.text, line.words, line.citations = wording.text, wording.words, wording.citations
    line.start, line.end, line.stem, line.heard_by = said.start, said.end, index.stems(wording.text), heard_by
    line.version += 1
    return line
