"""The child: `python -m media.intake FILE DIRECTORY PARENT`. Says lines of JSON, the last of them how it ended.

`{}` (alive) · `{"share": 0.4, "until": 1234.5}` · `{"length": …, "cut_short": …, "sha256": …}` or `{"failed": code}`
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from media.intake import limits, track
from media.intake.confinement import confine
from media.intake.errors import Damaged, DiskFull, IntakeError, NoSound, NotMedia
from media.intake.reading import FRAME, Reading, Stretch
from media.recorder import Chunk, mux
from media.reorder import Sound
from media.rtp.opus import RATE_HZ

TRUSTED = 0.5
"""Of the sound that can be decoded. Random bytes hold what looks like MP3 here and there."""
_BLOCK = 1 << 20
_TOLD_EVERY = 64 << 20


def main() -> None:
    file, directory, parent = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides when we end
    limits.take_on(parent)
    warm_up()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not confine(file, directory):
            logging.getLogger(__name__).warning("this kernel has no Landlock: a strange file is read with limits only")
        for told in convert(file, directory):
            _say(told)
    except IntakeError as error:
        _say({"failed": error.code})
    except MemoryError:
        _say({"failed": Damaged.code})
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _say({"failed": DiskFull.code})


def warm_up() -> None:
    """Everything that is imported or opened late, before there is nothing to import it from any more."""
    silence = np.zeros(FRAME, np.int16)
    sounds = [Sound(0.0, 0.02, payload) for _, payload in track.encoded([Stretch(0, silence, 0.0)] * 3, 0)]
    mux(Chunk(Path(), tuple(sounds)))
    av.AudioResampler("s16", "mono", RATE_HZ, frame_size=FRAME).resample(track.framed(silence))


def convert(file: Path, directory: Path) -> Iterator[dict[str, object]]:
    """Raises `IntakeError`, `OSError`."""
    digest = hashlib.sha256()
    for count, block in enumerate(_blocks(file)):
        digest.update(block)
        if count % (_TOLD_EVERY // _BLOCK) == 0:
            yield {}
    reading = Reading(file, lambda: _say({}))
    try:
        for progress in track.write(reading.stretches(), directory):
            yield {"share": round(progress.share, 4), "until": progress.until}
    finally:
        reading.close()
    length = track.written_until(directory)
    if reading.intact < TRUSTED:
        raise NotMedia
    if not length:
        raise NoSound
    yield {"length": length, "cut_short": reading.cut_short, "sha256": digest.hexdigest()}


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            yield block


def _say(told: dict[str, object]) -> None:
    os.write(1, json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
