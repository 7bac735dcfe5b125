"""Make the demo's finished meeting from the spoken fixtures: `python -m server.demo.build tests/data/rakor-1`.

Every speaker's file becomes a track as the recorder would have written it (Opus, silence left out), and is transcribed
by the product's own engine; the result is committed in `server/demo/finished`.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import av

from media.recorder import Chunk, Recorder, store
from media.reorder import Sound
from minutes.speech.engines.loading import load_engine
from minutes.speech.files import transcribe_file
from minutes.speech.lexicon import Subject
from minutes.speech.listener import heard_by
from minutes.speech.ports import Utterance
from minutes.speech.silero import SileroVad
from server.demo.seed import FINISHED

BITRATE = 24_000
MARGIN_S = 0.5
SPEAKERS = ("ratna", "bambang", "maria", "wulan")


class _Disk:
    """A `ChunkWriter` that writes at once."""

    def write(self, chunk: Chunk, last: bool = False) -> None:
        store(chunk)


def main(source: Path) -> None:
    engine = load_engine("faster_whisper", "", Path("data").resolve(), threads=2)
    subject = _subject(json.loads((source / "manifest.json").read_text()))
    shutil.rmtree(FINISHED, ignore_errors=True)
    tracks = {}
    for speaker in SPEAKERS:
        file = source / f"{speaker}.flac"
        said = transcribe_file(file, engine, SileroVad(), lambda *_: None, subject)
        _record(file, said, FINISHED / "tracks" / f"demo-{speaker}")
        tracks[f"demo-{speaker}"] = [_described(each) for each in said]
    found = {"by": asdict(heard_by(engine)), "tracks": tracks}
    (FINISHED / "lines.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def _subject(manifest: dict[str, Any]) -> Subject:
    speakers = manifest["speakers"].values()
    offices = dict.fromkeys(each["office"].removeprefix("KPU Provinsi ") for each in speakers)
    return Subject(manifest["title"], tuple(offices), tuple(each["name"] for each in speakers))


def _record(file: Path, said: list[Utterance], directory: Path) -> None:
    recorder = Recorder(directory, _Disk())  # type: ignore[arg-type]
    for sound in _encode(file):
        if any(each.start - MARGIN_S <= sound.start <= each.end + MARGIN_S for each in said):
            recorder.take(sound)
    recorder.close()


def _encode(file: Path) -> Iterator[Sound]:
    """Opus packets of 20 ms with their times."""
    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = 48_000, "mono", "s16", BITRATE
    encoder.open()
    resampler = av.AudioResampler("s16", "mono", 48_000, frame_size=960)
    number = 0
    with av.open(str(file)) as container:
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                for packet in encoder.encode(part):
                    yield Sound(number * 0.02, (number + 1) * 0.02, bytes(packet))
                    number += 1


def _described(said: Utterance) -> dict[str, object]:
    words = [[word.text, round(word.start, 2), round(word.end, 2), round(word.probability, 3)] for word in said.words]
    placed = {"start": round(said.start, 2), "end": round(said.end, 2)}
    return {**placed, "text": said.text, "prompt": said.prompt, "words": words}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
