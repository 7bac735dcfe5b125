"""Sound to disk: Opus, not re-encoded, in WebM chunks that are whole or absent.

A chunk is gathered in memory for a few seconds and written by a thread of its own: mux, fsync, rename, fsync of the
directory. A process killed in the middle loses the open chunk and nothing else. Layout:
`<room>/<peer>/<start_ms>-<end_ms>.webm`, milliseconds of meeting time; packet times count from the chunk's start.
"""

from __future__ import annotations

import errno
import io
import logging
import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from media.reorder import Sound
from media.rtp import opus

CHUNK_S = 5.0
PAUSE_S = 2.0
QUEUED_CHUNKS = 1024
AGAIN_S = 1.0  # between two tries to write on a disk that is full
FULL = (errno.ENOSPC, errno.EDQUOT)
MILLISECONDS = Fraction(1, 1000)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chunk:
    directory: Path
    sounds: tuple[Sound, ...]

    @property
    def start_ms(self) -> int:
        return round(self.sounds[0].start * 1000)

    @property
    def end_ms(self) -> int:
        return round(self.sounds[-1].end * 1000)


class ChunkWriter:
    """The thread that owns the disk; handing over to it never blocks.

    While the disk is full everything waits, until somebody has made room. Bounded: when the disk cannot follow, chunks
    are dropped, counted and logged. The last chunk of a microphone always finds a place: there is one of each, and it
    holds what was said before somebody left.
    """

    def __init__(self, most_waiting: int = QUEUED_CHUNKS, again_s: float = AGAIN_S) -> None:
        self.dropped = 0
        self._again_s = again_s
        self._queue: queue.SimpleQueue[Chunk | Callable[[], None] | None] = queue.SimpleQueue()
        self._room = threading.Semaphore(most_waiting)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def write(self, chunk: Chunk, last: bool = False) -> None:
        if self._room.acquire(blocking=False) or last:
            self._queue.put(chunk)
        else:
            self.dropped += 1
            logger.error("the disk is too slow: %d chunks of the recording are lost", self.dropped)

    def call(self, done: Callable[[], None]) -> None:
        """Call `done` (on the thread) once everything handed over before is on disk."""
        self._queue.put(done)

    def close(self) -> None:
        """Write what is queued, then stop. A disk that is full is waited for no longer."""
        self._closing.set()
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            try:
                self._store(item) if isinstance(item, Chunk) else item()
            except Exception:
                logger.exception("a chunk of the recording could not be written")
            if isinstance(item, Chunk):
                self._room.release()

    def _store(self, chunk: Chunk) -> None:
        told = False
        while True:
            try:
                store(chunk)
                return
            except OSError as error:
                if error.errno not in FULL or self._closing.is_set():
                    raise
            if not told:
                logger.error("the disk is full: the recording waits for room")
                told = True
            self._closing.wait(self._again_s)


class Recorder:
    """Cuts one microphone's sound into chunks: at five seconds, and where it pauses."""

    def __init__(self, directory: Path, writer: ChunkWriter) -> None:
        self._directory, self._writer = directory, writer
        self._sounds: list[Sound] = []

    def take(self, sound: Sound) -> None:
        held = self._sounds
        if held and (sound.start - held[-1].end > PAUSE_S or sound.end - held[0].start > CHUNK_S):
            self._hand_over()
        self._sounds.append(sound)

    def idle(self, now: float) -> None:
        """Nothing comes at the moment (meeting seconds): what a muted microphone said last must not wait in memory."""
        if self._sounds and now - self._sounds[-1].end > PAUSE_S:
            self._hand_over()

    def close(self) -> None:
        """Hand over the open chunk. More may follow."""
        self._hand_over(last=True)

    def _hand_over(self, last: bool = False) -> None:
        if self._sounds:
            self._writer.write(Chunk(self._directory, tuple(self._sounds)), last)
            self._sounds = []


def store(chunk: Chunk) -> Path:
    """Write one chunk so that its final name exists only when all of it is on disk; its path. Raises `OSError`."""
    chunk.directory.mkdir(parents=True, exist_ok=True)
    part = chunk.directory / f"{chunk.start_ms:010d}.part"
    try:
        with part.open("wb") as file:
            file.write(mux(chunk))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)  # half of it helps nobody, and takes room
        raise
    final = chunk.directory / f"{chunk.start_ms:010d}-{chunk.end_ms:010d}.webm"
    part.rename(final)
    descriptor = os.open(chunk.directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return final


def mux(chunk: Chunk) -> bytes:
    """A chunk's packets as one WebM file, not re-encoded."""
    target = io.BytesIO()
    with av.open(target, "w", format="webm") as container:
        # The encoder is opened for the header it writes (RFC 7845 section 5.1) and encodes nothing.
        stream = container.add_stream("libopus", rate=opus.RATE_HZ, layout="stereo")
        stream.time_base = MILLISECONDS
        for sound in chunk.sounds:
            packet = av.Packet(sound.payload)
            packet.stream = stream
            packet.time_base = MILLISECONDS
            packet.pts = packet.dts = round(sound.start * 1000) - chunk.start_ms
            packet.duration = round((sound.end - sound.start) * 1000)
            packet.is_keyframe = True
            container.mux(packet)
    return target.getvalue()
