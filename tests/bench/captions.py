"""`make bench-captions`: rakor-1 played in real time to a worker on one core, and how long its words take to be read.

For each word, from the end of its sound to its first showing and to the showing from which it stays. Then three voices
at once on two workers, one on each core. Only speech is measured: a server hands a packet on and a draft back within
milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from minutes.language.writing import WORDS, pieces
from minutes.speech.audio import OpusDecoder
from minutes.speech.client import SpeechWorker, WorkerOptions
from minutes.speech.engines.loading import load_engine
from minutes.speech.lexicon import hints
from minutes.speech.listener import Listener
from minutes.speech.ports import Command, Done, Drafted, Finish, Hear, Heard, Listen, Reply
from minutes.speech.silero import SileroVad
from tests.bench.cores import Usage, usage
from tests.bench.showing import Delays, Page, Said, delays
from tests.minutes.speech.sounds import DATA, TimedPacket, opus, samples_of, subject
from tests.wer import wer

MEETING = DATA / "rakor-1"
SPEAKERS = ("ratna", "bambang", "maria", "wulan")
TOKEN = 1
BATCH_S = 0.04  # packets are handed on a few at a time, as the server does
WORKER_CORE, OTHER_CORE = 0, 1
# Three people at once: somebody's turns, moved to the beginning. (speaker, from, to) in seconds of rakor-1.
AT_ONCE = (("ratna", 2.0, 35.5), ("bambang", 36.0, 65.0), ("maria", 103.0, 124.5))


@dataclass(frozen=True, slots=True)
class Voice:
    """One microphone: its packets, in order, and the words in them."""

    track: str
    packets: Sequence[TimedPacket]
    words: Sequence[Said]


def microphones() -> list[Voice]:
    return [Voice(name, opus(samples_of(MEETING / f"{name}.flac")), said(name, 0.0, math.inf)) for name in SPEAKERS]


def at_once() -> list[Voice]:
    voices = []
    for name, start, end in AT_ONCE:
        samples = samples_of(MEETING / f"{name}.flac")[round(start * 16_000) : round(end * 16_000)]
        voices.append(Voice(name, opus(samples), said(name, start, end)))
    return voices


def said(speaker: str, start: float, end: float) -> list[Said]:
    found = json.loads((MEETING / "words.json").read_text())
    return [
        Said(each["word"], each["end"] - start)
        for each in found
        if each["speaker"] == speaker and start < each["end"] <= end
    ]


@dataclass(slots=True)
class Desk:
    """One worker on a core, and the pages of the voices that it hears."""

    worker: SpeechWorker
    pages: dict[str, Page]
    begun: dict[str, float]
    open: set[str]
    over: asyncio.Event

    def take(self, reply: Reply, now: float) -> None:
        if isinstance(reply, Drafted):
            self.begun[reply.track] = reply.start
            self.pages[reply.track].draft(reply.settled, reply.open, now)
        elif isinstance(reply, Heard):
            text = shown(utterance.text for utterance in reply.utterances)
            if text or self.begun.get(reply.track, reply.until) < reply.until:
                self.begun.pop(reply.track, None)
                self.pages[reply.track].line(text, now)
        elif isinstance(reply, Done):
            self.open.discard(reply.track)
            if not self.open:
                self.over.set()


@asynccontextmanager
async def desk(voices: Sequence[Voice], data: Path, core: int) -> AsyncIterator[tuple[Desk, asyncio.Future[float]]]:
    """A worker that is ready; the future is when the play begins, by the loop's clock."""
    begins: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    worker = SpeechWorker(WorkerOptions(data))
    os.sched_setaffinity(0, {core})
    await worker.start()
    os.sched_setaffinity(0, {WORKER_CORE, OTHER_CORE})
    names = [voice.track for voice in voices]
    found = Desk(worker, {v.track: Page(v.words) for v in voices}, {}, set(names), asyncio.Event())
    replies = worker.replies()
    await anext(replies)  # Ready
    listening = asyncio.create_task(_listen(found, replies, begins))
    try:
        yield found, begins
    finally:
        listening.cancel()
        await worker.close()


async def _listen(found: Desk, replies: AsyncIterator[Reply], begins: asyncio.Future[float]) -> None:
    loop = asyncio.get_running_loop()
    async for reply in replies:
        found.take(reply, loop.time() - await begins)


def schedule(voices: Sequence[Voice]) -> Iterator[tuple[float, Command]]:
    """When each batch of packets has been spoken, all voices together."""
    batches: list[tuple[float, Command]] = []
    for voice in voices:
        step = round(BATCH_S / 0.02)
        for at in range(0, len(voice.packets), step):
            some = tuple(voice.packets[at : at + step])
            batches.append((some[-1][0] + 0.02, Hear(voice.track, TOKEN, some)))
        batches.append((voice.packets[-1][0] + 0.03, Finish(voice.track, TOKEN)))
    yield from sorted(batches, key=lambda each: each[0])


@dataclass(frozen=True, slots=True)
class Play:
    pages: list[Page]
    cpu: float  # cores, while it lasted

    @property
    def wer(self) -> float:
        """Of captions as they stood."""
        return errors([(page, " ".join(page.captions)) for page in self.pages])

    @property
    def line_wer(self) -> float:
        return errors([(page, " ".join(page.lines)) for page in self.pages])


async def play(groups: Sequence[Sequence[Voice]], data: Path) -> Play:
    """Each group to a worker of its own, in real time."""
    async with desk(groups[0], data, WORKER_CORE) as (first, begins):
        if len(groups) == 1:
            return await _played([(first, groups[0], begins)])
        async with desk(groups[1], data, OTHER_CORE) as (second, begins_too):
            return await _played([(first, groups[0], begins), (second, groups[1], begins_too)])


async def _played(desks: Sequence[tuple[Desk, Sequence[Voice], asyncio.Future[float]]]) -> Play:
    loop = asyncio.get_running_loop()
    start = loop.time()
    before = [_used(found) for found, _, _ in desks]
    for found, voices, begins in desks:
        begins.set_result(start)
        for voice in voices:
            found.worker.send(Listen(voice.track, TOKEN, 0.0, hints(subject())))
    due = sorted(
        ((at, found.worker, command) for found, voices, _ in desks for at, command in schedule(voices)),
        key=lambda each: each[0],
    )
    for at, worker, command in due:
        await asyncio.sleep(max(0.0, start + at - loop.time()))
        worker.send(command)
    await asyncio.gather(*(found.over.wait() for found, _, _ in desks))
    had = sum((_used(found) - then).had for (found, _, _), then in zip(desks, before, strict=True))
    return Play([page for found, _, _ in desks for page in found.pages.values()], had / (loop.time() - start))


def _used(found: Desk) -> Usage:
    assert found.worker.pid is not None
    return usage(found.worker.pid)


def errors(pages: Sequence[tuple[Page, str]]) -> float:
    """Word error rate over all pages and what is taken to be said there."""
    said = sum(len(page.reference) for page, _ in pages)
    wrong = (wer(" ".join(each.word for each in page.reference), text) * len(page.reference) for page, text in pages)
    return sum(wrong) / said


def second_pass(data: Path) -> float:
    """Word error rate of what is recorded, heard again from its beginning to its end."""
    engine = load_engine("faster_whisper", "", data)
    heard = []
    for voice in microphones():
        listener, decoder = Listener(engine, SileroVad(), hints=hints(subject())), OpusDecoder()
        sounds = (decoder.decode(at, payload) for at, payload in voice.packets)
        found = [each for sound in sounds if sound is not None for each in listener.hear(sound)]
        heard.append((Page(voice.words), shown(each.text for each in [*found, *listener.finish()])))
    return errors(heard)


def shown(texts: Iterable[str]) -> str:
    """Lines as they are read, but numbers and names, which captions show as they are said."""
    return " ".join(piece.text for piece in pieces(" ".join(texts).split(), WORDS))


def tell(name: str, delay: Delays, found: Play) -> None:
    print(
        f"{name:<22}{delay.first_p50:>8.2f}{delay.first_p95:>8.2f}{delay.stable_p50:>8.2f}{delay.stable_p95:>8.2f}"
        f"{delay.shown_share:>8.3f}{found.wer:>8.3f}{found.line_wer:>8.3f}{found.cpu:>8.2f}",
        flush=True,
    )


def main() -> None:
    argparse.ArgumentParser(prog="tests.bench.captions", description=__doc__).parse_args()
    print(f"{'':<22}{'first':>8}{'p95':>8}{'stable':>8}{'p95':>8}{'shown':>8}{'WER':>8}{'lines':>8}{'cores':>8}")
    with tempfile.TemporaryDirectory(prefix="rakor-bench-") as folder:
        data = Path(folder)
        one = asyncio.run(play([microphones()], data))
        found = delays(one.pages)
        tell("rakor-1, one core", found, one)
        voices = at_once()
        three = asyncio.run(play([voices[:2], voices[2:]], data))
        crowd = delays(three.pages)
        tell("three at once, two", crowd, three)
        again = second_pass(data)
    print(f"heard again from the recordings: WER {again:.3f}")
    figures = {
        "first_p50": found.first_p50,
        "first_p95": found.first_p95,
        "stable_p50": found.stable_p50,
        "stable_p95": found.stable_p95,
        "shown_share": found.shown_share,
        "wer": one.wer,
        "wer_second": again,
        "cpu": one.cpu,
        "three_p95": crowd.stable_p95,
    }
    print(json.dumps({name: round(figure, 3) for name, figure in figures.items()}))


if __name__ == "__main__":
    main()
