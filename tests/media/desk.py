"""One receiver in front of a forwarder whose engine writes down what it sends."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence

from media.downtrack import DownTrack
from media.fanout import Group
from media.forwarder import Forwarder
from media.ports import Kind, Packet
from media.uptrack import UpTrack
from tests.media.house import Paper
from tests.media.packets import VP8, audio_track, received, rtp, video_track, vp8
from tests.media.wire import stream


class Busy(Paper):
    """An engine for which sending a picture takes time."""

    def __init__(self, takes: float) -> None:
        super().__init__()
        self.now, self.takes = 1.0, takes
        self.runs: list[int] = []

    def parts(self, group: Group, run: Sequence[Packet], csrc: int) -> Iterator[None]:
        self.runs.append(len(run))
        for _ in super().parts(group, run, csrc):
            self.now += self.takes
            yield


class Desk:
    """A forwarder, a camera and a microphone, and one receiver that has both."""

    def __init__(self, takes: float = 0.0) -> None:
        self.engine = Busy(takes)
        self.forwarder = Forwarder(self.engine, lambda: self.engine.now)
        self.camera, self.mic = video_track(), audio_track()
        self.screen, self.voice = self.slot(Kind.CAMERA), self.slot(Kind.MIC)
        self.screen.want(self.camera)
        self.voice.want(self.mic)

    def slot(self, kind: Kind) -> DownTrack:
        slot = DownTrack(stream(kind), self.engine)
        slot.connect(object(), ("127.0.0.1", 9), socket.AF_INET, 16)
        return slot

    def film(
        self,
        sequence: int,
        *,
        keyframe: bool = False,
        track: UpTrack | None = None,
        size: int | None = None,
        of: int | None = None,
        last: bool = True,
    ) -> None:
        """Of `size`, or larger than those before it: that goes by itself. `last`: of its picture, which is `of`."""
        payload = vp8(sequence, sequence, keyframe=keyframe).ljust(size or 50 + sequence, b"x")
        data = rtp(sequence, (of or sequence) * 3_000, payload, payload_type=VP8, marker=last)
        to = track or self.camera
        self.forwarder.forward(to, received(to, data, self.engine.now))

    def speak(self, sequence: int) -> None:
        packet = received(self.mic, rtp(sequence, sequence * 960, b"\xf8x"), self.engine.now)
        self.forwarder.forward(self.mic, packet)

    @property
    def sent(self) -> list[tuple[str, int]]:
        return [("film" if packet.vp8 else "voice", packet.index) for _, packet in self.engine.sent]
