"""What a participant sends, at the pace of a clock: a microphone, and pictures in several encodings. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from media.load.encoding import Encoding
from media.load.material import SOUND_RATE_HZ, Layer, Payloads
from media.load.sent import Published

PICTURE_RATE_HZ = 90_000
SOUND_PACKETS_A_SECOND = 50
VOICE_LEVEL = 25  # RFC 6464: -25 dBov
Send = Callable[[bytes], None]


class Sound:
    """A microphone. Switched off it sends nothing, as a browser's does after `replaceTrack(null)`, and goes on behind
    what it has said."""

    def __init__(
        self, encoding: Encoding, packets: Payloads, published: Published, send: Send, clock_ns: Callable[[], int]
    ) -> None:
        self.encoding = encoding
        self.on = False
        self.speed = 1.0  # times faster than life
        self.began_ns: int | None = None  # when the first packet left
        self._packets, self._published, self._send, self._clock_ns = packets, published, send, clock_ns
        self._began = True
        self._said = 0
        self._at = 0.0  # seconds since the microphone was there

    @property
    def period_s(self) -> float:
        return 1 / (SOUND_PACKETS_A_SECOND * self.speed)

    def step(self) -> None:
        """Due every `period_s`."""
        self._at += self.period_s
        if not self.on:
            self._began = True
            return
        payload, now_ns = self._packets[self._said % len(self._packets)], self._clock_ns()
        self._said += 1
        self.began_ns = self.began_ns or now_ns
        ticks = round(self._at * SOUND_RATE_HZ)
        # RFC 3551 section 4.1: the marker says that a talkspurt begins
        data = self.encoding.write(payload, ticks, self._began, False, VOICE_LEVEL, now_ns)
        self._began = False
        self._published.note(payload, self.encoding.sent, self.encoding.numbers.sequence - 1)
        self._send(data)


@dataclass
class _Running:
    encoding: Encoding
    layer: Layer
    at: int = 0  # frame of the loop that comes next
    wanted: bool = True


class Pictures:
    """A camera or a screen: one encoding per layer, lowest first. A key frame asked for begins the loop again."""

    def __init__(
        self,
        encodings: list[Encoding],
        layers: tuple[Layer, ...],
        published: Published,
        send: Send,
        clock_ns: Callable[[], int],
    ) -> None:
        self.on = False
        self.speed = 1.0  # times faster than life
        self._fastest = max(layer.frames_a_second for layer in layers)
        self._every = [self._fastest // layer.frames_a_second for layer in layers]
        self._running = [_Running(*pair) for pair in zip(encodings, layers, strict=True)]
        self._published, self._send, self._clock_ns = published, send, clock_ns
        self._tick = 0
        self._at = 0.0  # seconds since the pictures were there

    @property
    def period_s(self) -> float:
        return 1 / (self._fastest * self.speed)

    @property
    def encodings(self) -> list[Encoding]:
        return [each.encoding for each in self._running]

    def step(self) -> None:
        """Due every `period_s`. What a packet is noted with is the time at which it leaves."""
        self._tick += 1
        self._at += self.period_s
        for running, every in zip(self._running, self._every, strict=True):
            if not self.on or not running.wanted:
                running.at = 0
            elif self._tick % every == 0:
                self._frame(running)

    def keyframe(self, ssrc: int) -> None:
        for running in self._running:
            if running.encoding.ssrc == ssrc:
                running.encoding.keyframes_asked += 1
                running.at = 0

    def want(self, layers: tuple[bool, ...]) -> None:
        """Send these layers only."""
        for running, wanted in zip(self._running, layers, strict=False):
            running.wanted = wanted

    def _frame(self, running: _Running) -> None:
        encoding, payloads = running.encoding, running.layer.frames[running.at]
        ticks = round(self._at * PICTURE_RATE_HZ)
        keyframe, last = running.at == 0, len(payloads) - 1
        encoding.picture.id += 1
        encoding.picture.tl0 += 1
        running.at = (running.at + 1) % len(running.layer.frames)
        for number, piece in enumerate(payloads):
            whole = encoding.picture.descriptor(number == 0) + piece
            begins = keyframe and number == 0
            data = encoding.write(whole, ticks, number == last, begins, None, self._clock_ns())
            self._published.note(piece, encoding.sent, encoding.numbers.sequence - 1)
            self._send(data)
