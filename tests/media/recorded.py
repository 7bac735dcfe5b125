"""Hours of one microphone on disk: the spoken meeting again and again, from a computer whose sound card drifts.

Everything between microphone and disk is real but the network and the clock: packets go through the UpTrack, the clock,
the reorder buffer and the recorder in virtual time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from media.load import material
from media.recorder import Chunk, Recorder, store
from tests.media.office import PACKET_S, Office

DATA = Path(__file__).parent.parent / "data" / "rakor-1"
SPEAKERS = ("ratna", "bambang", "maria", "wulan")  # a loop says the part of one; who is next is silent meanwhile


@dataclass(frozen=True, slots=True)
class Turn:
    """When it was really said (meeting seconds), in which loop, and which of the script's turns it is."""

    loop: int
    number: int
    start: float
    end: float


class Disk:
    """A `ChunkWriter` that writes at once."""

    def write(self, chunk: Chunk, last: bool = False) -> None:
        store(chunk)


def record(directory: Path, hours: float, drift: float) -> list[Turn]:
    """Write so much of it; the turns, in order."""
    recorder = Recorder(directory, Disk())  # type: ignore[arg-type]  # it takes what writes
    office = Office([recorder], drift)
    manifest = json.loads((DATA / "manifest.json").read_text())
    turns: list[Turn] = []
    said = loop = 0
    while said * PACKET_S < hours * 3600:
        speaker = SPEAKERS[loop % len(SPEAKERS)]
        packets = material.speech(DATA / f"{speaker}.flac")
        office.talk(packets, said)
        for number, turn in enumerate(manifest["turns"]):
            if turn["speaker"] == speaker:
                begin, end = (said + turn[key] / PACKET_S for key in ("start", "end"))
                turns.append(Turn(loop, number, office.captured(begin), office.captured(end)))
        said, loop = said + len(packets), loop + 1
    office.close()
    return turns
