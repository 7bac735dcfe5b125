"""What an approved notula rests on, as it was then: lines it cites, a digest of all, the recording's files. PURE.

Lines go on living in the record; what was approved carries its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from minutes.notula.canonical import sha256


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line; times in milliseconds of the meeting. `heard`: the machine's first words. None: nobody knows who."""

    id: str
    seat: str
    office: str
    speaker: str | None
    position: str | None
    start: int
    end: int
    text: str
    heard: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file of the recording, below the meeting's folder."""

    track: str
    file: str
    bytes: int
    sha256: str


def evidence(lines: Iterable[Spoken], cited: frozenset[str], recordings: Iterable[Recorded]) -> dict[str, Any]:
    """`lines`: all of the meeting."""
    told = {each.id: _told(each) for each in lines}
    files = sorted(recordings, key=lambda each: (each.track, each.file))
    return {
        "lines": {id: told[id] for id in sorted(cited)},
        "transcript_sha256": sha256(told),
        "recordings": [asdict(each) for each in files],
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A cited line where the record says something else than the machine heard."""

    line: str
    start: int
    speaker: str
    heard: str
    text: str


def differences(lines: Mapping[str, Mapping[str, Any]]) -> list[Difference]:
    """`lines`: of an evidence. By time."""
    found = [
        Difference(id, each["start"], each["speaker"] or each["office"], each["heard"], each["text"])
        for id, each in lines.items()
        if each["heard"] != each["text"]
    ]
    return sorted(found, key=lambda each: (each.start, each.line))


def _told(each: Spoken) -> dict[str, Any]:
    return {name: value for name, value in asdict(each).items() if name != "id"}
