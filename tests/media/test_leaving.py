"""Whoever has left leaves nothing behind that only a search for garbage would find."""

from __future__ import annotations

import asyncio
import gc
import weakref

from tests.media.client import offer
from tests.media.conftest import PLAN, ROOM, Studio, eventually
from tests.media.test_plane import speak


async def test_whoever_has_left_is_gone_without_a_search_for_garbage(studio: Studio) -> None:
    """The search takes a third of a second in a full room, so it comes seldom; people come and go all the time."""
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    await speak(maria, 1, 8)
    await eventually(lambda: len(wulan.packets) == 7)
    room = studio.plane._sfu._rooms[ROOM]
    peers = room.peers
    tracks = [track for peer in peers for track in peer.uplink.tracks.values()]
    gone = [weakref.ref(each) for each in (*peers, *tracks, *(peer._dtls._transport for peer in peers))]
    del peers, tracks
    gc.collect()
    gc.disable()
    try:
        await studio.plane.leave(ROOM, "maria")
        await wulan.close()
        await eventually(lambda: not any(each() for each in gone))
    finally:
        gc.enable()


async def test_whoever_leaves_in_the_middle_of_a_handshake_is_gone_as_well(studio: Studio) -> None:
    await studio.plane.offer(ROOM, "maria", offer(PLAN, ":".join(["AB"] * 32)))
    (peer,) = studio.plane._sfu._rooms[ROOM].peers
    peer.on_path(0.0)
    await asyncio.sleep(0)
    gone: list[weakref.ref[object]] = [weakref.ref(peer), weakref.ref(peer._dtls._transport)]
    del peer
    gc.collect()
    gc.disable()
    try:
        await studio.plane.leave(ROOM, "maria")
        await eventually(lambda: not any(each() for each in gone))
    finally:
        gc.enable()
