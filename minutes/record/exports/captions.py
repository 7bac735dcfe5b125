"""Captions: WebVTT (W3C, 2019) and SubRip. At most two rows of 42 characters at once, as broadcasters show. PURE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import shorten

from minutes.record.exports.source import Said, Source, one_line, ordered

ROW, ROWS = 42, 2
LEAST_S = 0.5  # nobody reads faster


@dataclass(frozen=True, slots=True)
class Cue:
    start: float
    end: float
    name: str
    rows: tuple[str, ...]


def vtt(source: Source) -> str:
    """Speakers as voice tags, so that players can tell them apart."""
    head = f"WEBVTT\n\nNOTE\n{_note(source)}\n"
    return "\n".join([head, *(_voiced(cue) for cue in cues_of(source))])


def _voiced(cue: Cue) -> str:
    text = escape("\n".join(cue.rows), quote=False)
    return f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n<v {escape(cue.name, quote=False)}>{text}\n"


def srt(source: Source) -> str:
    """The speaker's name stands in front where another one begins."""
    before, parts = "", []
    for number, cue in enumerate(cues_of(source), 1):
        named = [f"{shorten(cue.name, ROW - 1, placeholder=' …')}:"] if cue.name != before else []
        before = cue.name
        rows = "\n".join([*named, *cue.rows])
        parts.append(f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{rows}\n")
    return "\n".join(parts)


def cues_of(source: Source) -> Iterator[Cue]:
    """By start; of two who speak at once both are there."""
    found = [cue for line in ordered(source) for cue in _cues(line)]
    yield from sorted(found, key=lambda cue: cue.start)


def _cues(line: Said) -> Iterator[Cue]:
    words = _timed(line)
    taken: list[tuple[str, float, float]] = []
    for word in words:
        if taken and len(_rows([each[0] for each in [*taken, word]])) > ROWS:
            yield _cue(line, taken)
            taken = []
        taken.append(word)
    if taken:
        yield _cue(line, taken)


def _cue(line: Said, words: list[tuple[str, float, float]]) -> Cue:
    start = words[0][1]
    return Cue(start, max(words[-1][2], start + LEAST_S), line.name, tuple(_rows([word for word, _, _ in words])))


def _rows(words: list[str]) -> list[str]:
    rows: list[str] = []
    for word in words:
        if rows and len(rows[-1]) + 1 + len(word) <= ROW:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def _timed(line: Said) -> list[tuple[str, float, float]]:
    """Every word with its times; of a line without them, spread evenly over it."""
    if not line.words:
        return _spread(_tokens(line.text), line.start, line.end)
    return [
        piece
        for word in line.words
        for piece in _spread(_tokens(str(word["text"])), float(word["start"]), float(word["end"]))
    ]


def _tokens(text: str) -> list[str]:
    """What stands between blanks; of what is longer than a row (addresses of pages) pieces."""
    return [word[at : at + ROW] for word in text.split() for at in range(0, len(word), ROW)]


def _spread(tokens: list[str], start: float, end: float) -> list[tuple[str, float, float]]:
    step = (end - start) / max(1, len(tokens))
    return [(token, start + i * step, start + (i + 1) * step) for i, token in enumerate(tokens)]


def _clock(seconds: float, mark: str) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{mark}{whole % 1000:03}"


def _note(source: Source) -> str:
    """`-->` would begin a cue."""
    text = f"{source.title}, {source.host}, {source.opened.date().isoformat()}"
    return one_line(text.replace("-->", "→"))
