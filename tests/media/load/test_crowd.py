"""A crowd in a real room of this process: what leaves one socket is counted at all others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from media.load.counters import Counters, count, total
from media.load.crowd import Crowd
from media.load.participant import Participant
from media.plane import LocalPlane
from media.ports import Kind, SlotPlan
from media.settings import MediaSettings

ROOM, PLAN = "room", SlotPlan(2, 2)
PATIENCE_S = 20.0


@dataclass
class Room:
    plane: LocalPlane
    crowd: Crowd

    async def join(self, name: str) -> Participant:
        return await self.crowd.join(PLAN, lambda sdp: self.plane.offer(ROOM, name, sdp))

    async def until(self, answer: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not await self.crowd.ask(answer):  # noqa: ASYNC110  (the answer comes from another thread)
                await asyncio.sleep(0.01)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    plane = LocalPlane(MediaSettings(bind="127.0.0.1", port=0, addresses=("127.0.0.1",), fanout="python"))
    await plane.start()
    await plane.open_room(ROOM, 0.0, str(tmp_path), PLAN)
    crowd = Crowd("127.0.0.1")
    yield Room(plane, crowd)
    await crowd.close()
    await plane.close()


def received(participant: Participant, video: bool) -> int:
    return sum(stream.received for stream in participant.streams if stream.video is video)


async def test_everybody_gets_what_one_sends_and_its_delay_is_known(room: Room) -> None:
    speaker, *listeners = [await room.join(f"peer{number}") for number in range(3)]
    sound, pictures = await room.crowd.microphone(speaker), await room.crowd.camera(speaker)
    await room.plane.sends(ROOM, "peer0", [Kind.CAMERA])
    sound.on = pictures.on = True
    await room.until(lambda: all(received(each, True) > 20 and received(each, False) > 20 for each in listeners))
    sound.on = pictures.on = False
    delays = room.crowd.delays
    heard, said, timed = await room.crowd.ask(
        lambda: (total(map(count, listeners)), count(speaker), delays["sound"].total + delays["pictures"].total)
    )
    assert (heard.lost, heard.refused, heard.misread, heard.overflowed) == (0, 0, 0, 0)
    assert heard.keyframes >= 2
    assert heard.unknown == 0
    assert timed + heard.early == heard.received
    assert said.received == 0
    assert said.sent > 0
    assert said.feedback > 0


async def test_a_source_is_known_by_its_reports(room: Room) -> None:
    speaker, _ = [await room.join(f"peer{number}") for number in range(2)]
    sound = await room.crowd.microphone(speaker)
    sound.on = True
    await room.until(lambda: sound.encoding.reported)


async def test_who_asks_for_a_missing_packet_gets_it(room: Room) -> None:
    speaker, listener = [await room.join(f"peer{number}") for number in range(2)]
    sound = await room.crowd.microphone(speaker)
    sound.on = True
    await room.until(lambda: received(listener, False) > 10)

    def lose_one() -> None:
        """As if the last but one had not come."""
        stream = listener.streams[0]
        stream.missing[stream.highest - 1 & 0xFFFF] = None
        stream.received -= 1
        listener.ask()

    await room.crowd.ask(lose_one)
    await room.until(lambda: listener.streams[0].lost == 0)
    counted = await room.crowd.ask(lambda: count(listener))
    assert counted.late + counted.repaired == 1
    assert counted.duplicates == 0


async def test_who_leaves_is_served_no_more(room: Room) -> None:
    speaker, listener = [await room.join(f"peer{number}") for number in range(2)]
    await room.crowd.leave([listener])
    await room.crowd.leave([listener])
    assert room.crowd.participants == [speaker]
    assert listener.link.socket.fileno() == -1


async def test_a_refused_offer_leaves_no_socket_behind(room: Room) -> None:
    async def refuse(sdp: str) -> str:
        raise ConnectionError("no")

    with pytest.raises(ConnectionError):
        await room.crowd.join(PLAN, refuse)
    assert room.crowd.participants == []


def test_counters_are_added_and_subtracted_one_by_one() -> None:
    some, more = Counters(received=5, expected=6), Counters(received=9, expected=10, late=1)
    assert more - some + some == more
    assert (more - some).delivered == 1.0
    assert some.delivered == 5 / 6
