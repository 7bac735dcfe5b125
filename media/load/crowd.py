"""Many participants of one process: they come, send, are counted and go."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from media.aiortc_bridge import Certificate
from media.load import material, sdp
from media.load.delays import Delays
from media.load.engine import Engine, Timer
from media.load.link import Link
from media.load.participant import Participant, Surroundings
from media.load.tracks import Pictures, Sound
from media.ports import Kind, SlotPlan

Answerer = Callable[[str], Awaitable[str]]
REPORT_EVERY_S, CHECK_EVERY_S, ASK_EVERY_S = 1.0, 4.0, 0.1
SETTLE_S = 0.03  # what Janus takes from the nomination until it listens to DTLS
T = TypeVar("T")


class Crowd:
    """`bind`: the address of everybody's socket, told in the offers; empty: any. One certificate serves all."""

    def __init__(self, bind: str = "") -> None:
        self.engine = Engine()
        self._shared = Surroundings()
        self._certificate = Certificate()
        self._bind = bind
        self._timers: dict[Participant, list[Timer]] = {}
        self._paces: dict[Sound | Pictures, Timer] = {}

    @property
    def participants(self) -> list[Participant]:
        return list(self._timers)

    @property
    def delays(self) -> dict[str, Delays]:
        """Of all packets at all receivers, as `sound` and `pictures`."""
        return {"sound": self._shared.sound, "pictures": self._shared.pictures}

    async def join(self, plan: SlotPlan, answerer: Answerer, nacks: bool = False) -> Participant:
        """A page's connection to a room of this plan. `nacks`: it asks for missing packets again."""
        ssrc = _ssrc()
        return await self._offering(sdp.sections_of(plan, ssrc), ssrc, answerer, nacks)

    async def publish(self, answerer: Answerer, rids: Sequence[str] = ()) -> Participant:
        """A connection that only sends: a microphone (mid 0) and a camera (mid 1), in layers if there are rids."""
        ssrc = _ssrc()
        camera = sdp.Section("1", Kind.CAMERA, True, tuple(rids), None if rids else ssrc + 2)
        return await self._offering([sdp.Section("0", Kind.MIC, True, (), ssrc), camera], ssrc, answerer, False)

    async def subscribe(self, answerer: Answerer) -> Participant:
        """A connection that only receives one sound (mid 0) and one picture (mid 1)."""
        sections = [sdp.Section("0", Kind.MIC, False), sdp.Section("1", Kind.CAMERA, False)]
        return await self._offering(sections, _ssrc(), answerer, False)

    async def accept(self, offer: str, reply: Callable[[str], Awaitable[None]]) -> Participant:
        """Take what a server offers to send; `reply` brings it our answer."""
        link = Link(self._certificate, self._bind)
        await reply(sdp.answer(offer, link.identity))
        return await self._enter(link, sdp.read(offer), [], _ssrc(), False, SETTLE_S)

    async def microphone(
        self, participant: Participant, mid: str = "0", seed: int = 0, says: material.Payloads = ()
    ) -> Sound:
        """Give it one, switched off. `says`: Opus packets of 20 ms, in place of an invented hum."""

        def made() -> Sound:
            encoding = participant.encoding(mid)
            sound = Sound(encoding, packets, self._shared.published, participant.send, time.time_ns)
            participant.microphone = sound
            self._paces[sound] = self._tick(participant, sound.period_s, sound.step)
            return sound

        packets = says or await asyncio.to_thread(material.sound, seed)
        return await self.ask(made)

    async def camera(self, participant: Participant, mid: str = "1", seed: int = 0, rids: bool = True) -> Pictures:
        """Give it one, switched off. Without `rids` it sends the highest layer only."""
        layers = await asyncio.to_thread(material.camera, seed)
        return await self._pictures(participant, mid, layers if rids else layers[-1:], rids)

    async def screen(self, participant: Participant, mid: str = "2", seed: int = 0) -> Pictures:
        return await self._pictures(participant, mid, await asyncio.to_thread(material.screen, seed), True)

    async def hurry(self, speed: float) -> None:
        """Let everybody send this many times faster than life."""

        def change() -> None:
            for track, timer in self._paces.items():
                track.speed = speed
                timer.period_s = track.period_s

        await self.ask(change)

    async def ask(self, function: Callable[[], T]) -> T:
        """Run this on the engine's thread, where counters stand still."""
        return await asyncio.wrap_future(self.engine.call(function))

    async def leave(self, participants: Iterable[Participant]) -> None:
        """Say goodbye. Idempotent."""
        leaving = [each for each in participants if each in self._timers]
        for each in leaving:
            await self.ask(partial(self._forget, each))
            await each.link.close()

    async def close(self) -> None:
        await self.leave(self.participants)
        self.engine.close()

    async def _offering(
        self, sections: Sequence[sdp.Section], ssrc: int, answerer: Answerer, nacks: bool
    ) -> Participant:
        link = Link(self._certificate, self._bind)
        try:
            remote = sdp.read(await answerer(sdp.offer(sections, link.identity)))
        except BaseException:
            await link.close()
            raise
        return await self._enter(link, remote, sections, ssrc, nacks)

    async def _enter(
        self,
        link: Link,
        remote: sdp.Remote,
        sections: Sequence[sdp.Section],
        ssrc: int,
        nacks: bool,
        settle_s: float = 0.0,
    ) -> Participant:
        try:
            await link.connect(remote, settle_s)
        except BaseException:
            await link.close()
            raise
        participant = Participant(link, remote, sections, ssrc, self._shared)
        link.release()
        await self.ask(lambda: self._begin(participant, nacks))
        return participant

    def _begin(self, participant: Participant, nacks: bool) -> None:
        participant.begin()
        self._timers[participant] = []
        self.engine.watch(participant.link.socket.fileno(), participant.readable)
        phase = len(self._timers) * 0.618 % 1.0  # spread evenly, however many there are
        self._tick(participant, REPORT_EVERY_S, participant.report, phase)
        self._tick(participant, CHECK_EVERY_S, participant.check, phase * CHECK_EVERY_S)
        if nacks:
            self._tick(participant, ASK_EVERY_S, participant.ask)

    def _tick(self, participant: Participant, every_s: float, step: Callable[[], None], after_s: float = 0.0) -> Timer:
        timer = self.engine.every(every_s, step, after_s)
        self._timers[participant].append(timer)
        return timer

    async def _pictures(
        self, participant: Participant, mid: str, layers: tuple[material.Layer, ...], rids: bool
    ) -> Pictures:
        def made() -> Pictures:
            encodings = [participant.encoding(mid, layer.rid if rids else "") for layer in layers]
            published, send = self._shared.published, participant.send
            pictures = Pictures(encodings, layers, published, send, time.time_ns)
            participant.pictures.append(pictures)
            self._paces[pictures] = self._tick(participant, pictures.period_s, pictures.step)
            return pictures

        return await self.ask(made)

    def _forget(self, participant: Participant) -> None:
        self.engine.forget(participant.link.socket.fileno())
        for timer in self._timers.pop(participant):
            timer.cancelled = True


def _ssrc() -> int:
    """Where a participant's numbers begin; it uses fewer than 64."""
    return secrets.randbits(31) & ~63 | 64
