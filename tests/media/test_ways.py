"""Ways through the whole plane: IPv4 and IPv6 in one room, simulcast up, repairs down, wishes of a page."""

from __future__ import annotations

import asyncio
import socket

import pytest

from media.plane import LocalPlane
from media.ports import Kind, LayersWanted, Mode, SlotsChanged, Wish
from media.rtp import header
from media.settings import MediaSettings
from media.source import UNWANTED_S
from tests.media.client import RID_ID, RTX, STAMP_ID, TWCC_ID, Client
from tests.media.conftest import ROOM, Studio, eventually
from tests.media.packets import VP8, rtp, vp8


async def speak(client: Client, times: int) -> None:
    for _ in range(times):
        client.spoken += 1
        client.speak(client.spoken)
        await asyncio.sleep(0)


def film(client: Client, number: int, layers: str = "qhf") -> None:
    """One key frame of each layer."""
    for layer, rid in enumerate("qhf"):
        if rid in layers:
            more = {RID_ID: rid.encode(), TWCC_ID: number.to_bytes(2, "big")}
            payload = vp8(number, number, height=135 << layer)
            client.send_rtp(
                rtp(number, number * 3_000, payload, ssrc=2_000 + layer, payload_type=VP8, mid="1", more=more)
            )


async def test_both_families_meet_in_one_room(studio: Studio) -> None:
    maria, wulan = await studio.join("maria", host="::1"), await studio.join("wulan")
    await speak(maria, 8)
    await eventually(lambda: len(wulan.packets) == 8)
    await speak(wulan, 8)
    await eventually(lambda: len(maria.packets) == 8)
    peers = (await studio.plane.stats(ROOM))["peers"]
    assert isinstance(peers, dict)
    assert [peers[name]["address"] for name in ("maria", "wulan")] == ["::1", "127.0.0.1"]


@pytest.mark.parametrize(("before", "after"), [("127.0.0.1", "::1"), ("::1", "127.0.0.1")])
async def test_one_who_moves_to_the_other_family_hears_on(studio: Studio, before: str, after: str) -> None:
    maria, wulan = await studio.join("maria"), await studio.join("wulan", host=before)
    await speak(maria, 5)
    await eventually(lambda: len(wulan.packets) == 5)
    former = wulan.transport
    await wulan.move(after)
    wulan.check()
    former.close()
    await eventually(lambda: _address(studio, "wulan") == after)
    await speak(maria, 5)
    await eventually(lambda: len(wulan.packets) == 10)
    sequences = [header.parse(each).sequence for each in wulan.packets]
    assert sequences == list(range(sequences[0], sequences[0] + 10))


def _address(studio: Studio, name: str) -> str | None:
    room = studio.plane._sfu._rooms[ROOM]
    peer = room.peer(name)
    assert peer is not None
    return peer.ice.address[0] if peer.ice.address is not None else None


async def test_layers_come_in_one_by_one_and_what_is_lost_is_repaired_by_rtx(studio: Studio) -> None:
    maria, wulan = await studio.join("maria", full=True), await studio.join("wulan", full=True)
    await studio.plane.sends(ROOM, "maria", [Kind.CAMERA])
    await studio.plane.wish(ROOM, "wulan", Wish(shown=(("maria", 120),)))
    film(maria, 1)
    await eventually(lambda: any(fill.source for each in changes(studio, "wulan") for fill in each.slots))
    for number in range(2, 10):
        film(maria, number)
        await asyncio.sleep(0.01)
    await eventually(lambda: len(wulan.packets) >= 3)
    peers = (await studio.plane.stats(ROOM))["peers"]
    assert isinstance(peers, dict)
    assert [peers["maria"]["up"][f"camera:{rid}"]["height"] for rid in "qhf"] == [135, 270, 540]
    (slot,) = (each for each in peers["wulan"]["down"].values() if each["source"])
    assert (slot["kind"], slot["layer"]) == ("camera", 0)
    lost = header.parse(wulan.packets[1])
    assert STAMP_ID in lost.extensions
    wulan.nack(lost.ssrc, lost.sequence)
    await eventually(lambda: any(header.parse(each).payload_type == RTX for each in wulan.packets))
    repair = next(each for each in wulan.packets if header.parse(each).payload_type == RTX)
    found = header.parse(repair)
    assert wulan.answered is not None
    assert wulan.answered.repairs[found.ssrc] == lost.ssrc
    assert repair[found.start : found.start + 2] == lost.sequence.to_bytes(2, "big")
    assert repair[found.start + 2 : found.end] == wulan.packets[1][lost.start : lost.end]
    await eventually(lambda: any(report[:2] == b"\x8f\xcd" for report in maria.reports))  # when its packets came


def changes(studio: Studio, peer: str) -> list[SlotsChanged]:
    return [each for each in studio.of("SlotsChanged") if isinstance(each, SlotsChanged) and each.peer == peer]


async def test_a_publisher_hears_what_nobody_watches(studio: Studio) -> None:
    maria, _ = await studio.join("maria", full=True), await studio.join("wulan", full=True)
    await studio.plane.sends(ROOM, "maria", [Kind.CAMERA])
    await studio.plane.wish(ROOM, "wulan", Wish(Mode.AUDIO))
    film(maria, 1)
    await eventually(lambda: "camera:f" in _up(studio, "maria"))
    studio.tick(0.1)
    studio.tick(UNWANTED_S + 1.5)
    await eventually(lambda: studio.of("LayersWanted"))
    assert studio.of("LayersWanted")[0] == LayersWanted(ROOM, "maria", Kind.CAMERA, (False, False, False))


def _up(studio: Studio, name: str) -> dict[str, object]:
    peers = studio.plane._sfu.stats(ROOM)["peers"]
    assert isinstance(peers, dict)
    found: dict[str, object] = peers[name]["up"]
    return found


async def test_a_plane_that_is_closed_leaves_its_port(studio: Studio) -> None:
    plane = LocalPlane(MediaSettings(port=0))
    await plane.start()
    port = plane.port
    await plane.close()
    for family, host in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        with socket.socket(family, socket.SOCK_DGRAM) as free:
            free.bind((host, port) if family == socket.AF_INET else (host, port, 0, 0))


async def test_nothing_of_a_connection_stays_when_it_ends(studio: Studio) -> None:
    await studio.join("maria")
    sfu = studio.plane._sfu
    await studio.plane.leave(ROOM, "maria")
    await eventually(lambda: studio.of("TrackEnded") and not sfu._closing)
    assert (sfu._transport._by_address, sfu._transport._by_ufrag) == ({}, {})
    assert (await studio.plane.stats(ROOM))["peers"] == {}
