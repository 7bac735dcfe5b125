"""A transcript to read and to print: who said what, when, with what happened meanwhile in brackets. PURE."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from textwrap import wrap

from minutes.record.exports.source import Aside, Said, Source, one_line, ordered

WIDTH = 96
MACHINE = "Hasil mesin – belum ditelaah seluruhnya."


def txt(source: Source) -> str:
    head = [source.title, source.host, f"{source.opened:%Y-%m-%d}", *([] if source.reviewed else [MACHINE])]
    blocks = ["\n".join(line for text in head for line in wrap(text, WIDTH))]
    entries: list[Said | Aside] = sorted([*ordered(source), *source.asides], key=_at)
    for key, group in groupby(entries, _turn):
        found = list(group)
        if key is None:
            blocks += [
                f"[{_times(source, each.at)}] ({one_line(each.text)})" for each in found if isinstance(each, Aside)
            ]
        else:
            blocks.append(_said(source, [each for each in found if isinstance(each, Said)]))
    return "\n\n".join(blocks) + "\n"


def _said(source: Source, lines: list[Said]) -> str:
    first = lines[0]
    who = one_line(", ".join(filter(None, (first.name, first.position, first.office if first.speaker else ""))))
    text = wrap(" ".join(line.text for line in lines), WIDTH)
    return "\n".join([f"[{_times(source, first.start)}] {who}", *text])


def _at(entry: Said | Aside) -> float:
    return entry.start if isinstance(entry, Said) else entry.at


def _turn(entry: Said | Aside) -> tuple[str, str] | None:
    return (entry.name, entry.office) if isinstance(entry, Said) else None


def _times(source: Source, at: float) -> str:
    """In the meeting, and on the clock of the host's zone."""
    clock = source.opened + timedelta(seconds=int(at))
    return f"{int(at) // 3600}.{int(at) // 60 % 60:02}.{int(at) % 60:02} | {clock:%H.%M.%S} {clock:%Z}".strip()
