"""Two clients on a real socket: they hear each other, lose nothing that can be had again, and leave a recording."""

from __future__ import annotations

import asyncio
import itertools
import signal
from pathlib import Path

import av
import pytest
from aiortc.rtcdtlstransport import SRTP_PROFILES
from pylibsrtp import Policy

from media.errors import BadOffer, PlaneDown, UnknownRoom
from media.ice import CONSENT_S
from media.ports import PeerLost, SlotPlan, Tapped
from media.process import ProcessPlane
from media.rtp import header
from media.settings import MediaSettings
from media.sfu import JOINING_S
from tests.media.client import Client, offer
from tests.media.conftest import PLAN, ROOM, Studio, eventually
from tests.media.packets import VP8, rtp, vp8


async def speak(client: Client, first: int, last: int) -> None:
    for sequence in range(first, last):
        client.speak(sequence)
        await asyncio.sleep(0)


async def test_one_hears_the_other_in_a_slot_that_names_the_source(studio: Studio) -> None:
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    await speak(maria, 1, 5)
    await eventually(lambda: len(wulan.packets) == 4)
    await speak(maria, 5, 30)
    await eventually(lambda: len(wulan.packets) == 29)
    heard = [header.parse(packet) for packet in wulan.packets]
    assert {wulan.mid_of(each.ssrc) for each in heard} == {"4"}
    assert [each.sequence for each in heard] == list(range(heard[0].sequence, heard[0].sequence + len(heard)))
    stats = await studio.plane.stats(ROOM)
    peers = stats["peers"]
    assert isinstance(peers, dict)
    assert peers["maria"]["up"]["mic"]["packets"] == 29
    assert peers["wulan"]["down"]["4"]["source"] == "maria"
    assert maria.packets == []


async def test_what_was_said_before_a_slot_was_given_is_heard(studio: Studio) -> None:
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    await speak(maria, 1, 4)
    await eventually(lambda: len(wulan.packets) >= 3)
    assert len(wulan.packets) == 3


async def test_a_nack_is_answered_with_the_same_bytes(studio: Studio) -> None:
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    await speak(maria, 1, 8)
    await eventually(lambda: len(wulan.packets) == 7)
    lost = wulan.packets[3]
    parsed = header.parse(lost)
    wulan.dtls._rx_srtp = type(wulan.dtls._rx_srtp)(_fresh_policy(wulan))
    wulan.nack(parsed.ssrc, parsed.sequence)
    await eventually(lambda: len(wulan.packets) == 8)
    assert wulan.packets[-1] == lost


def _fresh_policy(client: Client) -> Policy:
    """Receive again without a memory of what came: a replay would be refused otherwise."""
    assert client.dtls._ssl is not None
    name = client.dtls._ssl.get_selected_srtp_profile()
    profile = next(each for each in SRTP_PROFILES if each.openssl_profile == name)
    view = client.dtls._ssl.export_keying_material(
        b"EXTRACTOR-dtls_srtp", 2 * (profile.key_length + profile.salt_length)
    )
    key = profile.get_key_and_salt(view, 1)
    return Policy(key=key, ssrc_type=Policy.SSRC_ANY_INBOUND, srtp_profile=profile.libsrtp_profile)


def asked_for(sequence: int, reports: list[bytes]) -> bool:
    """A NACK that begins with this sequence number (RFC 4585 section 6.2.1)."""
    return any(report[1] == 205 and report[12:14] == sequence.to_bytes(2, "big") for report in reports)


async def test_a_missing_packet_is_asked_for(studio: Studio) -> None:
    maria = await studio.join("maria")
    await speak(maria, 1, 4)
    maria.speak(6)
    await eventually(lambda: asked_for(4, maria.reports))


async def test_what_a_picture_misses_is_asked_for_when_more_of_it_comes_and_not_by_a_tick(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria, _ = await studio.join("maria"), await studio.join("wulan")
    maria.send_rtp(rtp(1, 0, vp8(1, 1), payload_type=VP8, ssrc=2, mid="1"))
    await eventually(lambda: plis(maria))
    monkeypatch.setattr("media.sfu.TICK_S", 60.0)
    monkeypatch.setattr("media.sfu.QUIET_TICK_S", 60.0)
    studio.plane._sfu._tick(asyncio.get_running_loop().time())
    numbers = itertools.count(3)

    def asked() -> bool:
        number = next(numbers)
        maria.send_rtp(rtp(number, number * 3_000, vp8(number, number), payload_type=VP8, ssrc=2, mid="1"))
        return asked_for(2, maria.reports)

    await eventually(asked)


async def test_a_new_picture_asks_for_a_key_frame_and_shows_from_it(studio: Studio) -> None:
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    for number in range(1, 8):
        maria.send_rtp(rtp(number, number * 9000, vp8(number, number), payload_type=VP8, ssrc=2, mid="1"))
        await asyncio.sleep(0.03)
    await eventually(lambda: any(report[1] == 206 for report in maria.reports))
    assert wulan.packets == []
    maria.send_rtp(rtp(8, 90_000, vp8(8, 8, keyframe=True), payload_type=VP8, ssrc=2, mid="1"))
    await eventually(lambda: len(wulan.packets) == 1)


async def test_a_picture_whose_end_is_lost_goes_out_by_itself(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    maria.send_rtp(rtp(1, 0, vp8(1, 1), payload_type=VP8, ssrc=2, mid="1"))
    await eventually(lambda: plis(maria))
    monkeypatch.setattr("media.sfu.QUIET_TICK_S", 60.0)
    studio.plane._sfu._tick(asyncio.get_running_loop().time())  # from now on nothing else wakes the plane
    maria.send_rtp(rtp(2, 9_000, vp8(2, 2, keyframe=True), payload_type=VP8, ssrc=2, mid="1", marker=False))
    await eventually(lambda: len(wulan.packets) == 1)


async def test_who_is_not_connected_makes_nobody_send_key_frames(studio: Studio) -> None:
    """An office behind a closed firewall offers again and again: pictures of others must not suffer for it."""
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    maria.send_rtp(rtp(1, 0, vp8(1, 1), ssrc=1001, payload_type=VP8, mid="1"))
    await eventually(lambda: plis(maria))
    maria.send_rtp(rtp(2, 3_000, vp8(2, 2, keyframe=True), ssrc=1001, payload_type=VP8, mid="1"))
    await eventually(lambda: wulan.packets)
    await studio.plane.offer(ROOM, "ghost", offer(PLAN, maria.fingerprint))
    asked, reported = plis(maria), receiver_reports(maria)
    for later in range(2):
        studio.tick(1.1 + later)
    await eventually(lambda: receiver_reports(maria) >= reported + 2)
    assert plis(maria) == asked


async def test_who_joins_does_not_wait_for_a_tick(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("media.sfu.QUIET_TICK_S", 60.0)
    sfu, now = studio.plane._sfu, asyncio.get_running_loop().time()
    sfu._tick(now)  # from now on only what comes wakes the plane
    await studio.join("maria")
    sfu._tick(now + JOINING_S - 1.0)
    assert sfu._transport._hurries
    sfu._tick(now + JOINING_S + 30.0)
    assert not sfu._transport._hurries


def plis(client: Client) -> int:
    """Picture loss indications it was sent (RFC 4585 section 6.3.1)."""
    return sum(report[:2] == b"\x81\xce" for report in client.reports)


def receiver_reports(client: Client) -> int:
    return sum(report[1] == 201 for report in client.reports)


async def test_everything_said_is_on_disk_when_a_peer_has_left(studio: Studio) -> None:
    maria = await studio.join("maria")
    await speak(maria, 1, 101)
    await eventually(lambda: sum(len(e.packets) for e in studio.of("Tapped") if isinstance(e, Tapped)) >= 90)
    await studio.plane.leave(ROOM, "maria")
    await eventually(lambda: studio.of("TrackEnded"))
    (chunk,) = (studio.directory / "maria").iterdir()
    assert chunk.suffix == ".webm"
    assert int(chunk.name[:10]) >= 100_000
    with av.open(str(chunk)) as container:
        payloads = [bytes(packet) for packet in container.demux(audio=0) if packet.size]
    assert payloads == [b"\xf8\xff\xfe"] * 100
    await studio.plane.leave(ROOM, "maria")


async def test_an_end_follows_every_leave(studio: Studio) -> None:
    """Also of somebody who never came: a media process that has started again knows nobody of before."""
    await studio.plane.leave(ROOM, "nobody")
    await eventually(lambda: studio.of("TrackEnded"))


async def test_a_silent_path_loses_consent(studio: Studio) -> None:
    await studio.join("maria")
    studio.tick(CONSENT_S - 2)
    assert not studio.of("PeerLost")
    studio.tick(CONSENT_S + 1)
    await eventually(lambda: studio.of("PeerLost"))
    assert studio.of("PeerLost") == [PeerLost(ROOM, "maria", "consent")]


async def test_a_peer_that_says_goodbye_is_lost_at_once(studio: Studio) -> None:
    maria = await studio.join("maria")
    await maria.dtls.stop()
    await eventually(lambda: studio.of("PeerLost"))
    assert studio.of("PeerLost") == [PeerLost(ROOM, "maria", "dtls")]


async def test_an_ice_restart_keeps_connection_and_slots(studio: Studio) -> None:
    maria, wulan = await studio.join("maria"), await studio.join("wulan")
    assert maria.answered is not None
    before = maria.answered
    text = await studio.plane.offer(ROOM, "maria", offer(PLAN, maria.fingerprint, ufrag="again"))
    maria.answered = type(before).read(text)
    assert maria.answered.ufrag != before.ufrag
    assert maria.answered.slots == before.slots
    maria.check()
    await speak(maria, 1, 8)
    await eventually(lambda: len(wulan.packets) == 7)


async def test_offers_that_do_not_fit_are_refused(studio: Studio) -> None:
    client = Client()
    with pytest.raises(BadOffer):
        await studio.plane.offer(ROOM, "x", offer(SlotPlan(1, 1), client.fingerprint))
    with pytest.raises(UnknownRoom):
        await studio.plane.offer("elsewhere", "x", offer(PLAN, client.fingerprint))
    maria = await studio.join("maria")
    with pytest.raises(BadOffer, match="another connection"):
        await studio.plane.offer(ROOM, "maria", offer(PLAN, client.fingerprint))
    assert maria.dtls.state == "connected"


async def test_a_killed_media_process_is_seen_at_once(tmp_path: Path) -> None:
    plane = await ProcessPlane.start(MediaSettings(bind="127.0.0.1", port=0))
    await plane.open_room(ROOM, 0.0, str(tmp_path), PLAN)
    with pytest.raises(BadOffer):
        await plane.offer(ROOM, "x", "v=0")
    plane._child.send_signal(signal.SIGKILL)
    assert [event async for event in plane.events()] == []
    with pytest.raises(PlaneDown):
        await plane.stats(ROOM)
    await plane.close()


async def test_the_media_process_forwards_and_ends_with_its_parent(tmp_path: Path) -> None:
    plane = await ProcessPlane.start(MediaSettings(bind="127.0.0.1", port=0))
    await plane.open_room(ROOM, 0.0, str(tmp_path), PLAN)
    client = Client()
    await client.connect(PLAN, lambda sdp: plane.offer(ROOM, "maria", sdp))
    kinds: set[str] = set()

    async def listen() -> None:
        async for event in plane.events():
            kinds.add(type(event).__name__)

    listening = asyncio.create_task(listen())
    await eventually(lambda: "PeerConnected" in kinds)
    await speak(client, 1, 30)
    await eventually(lambda: "Tapped" in kinds)
    await plane.close_room(ROOM)
    assert list((tmp_path / "maria").glob("*.webm"))
    await plane.close()
    await listening
    await client.close()
    assert plane._child.returncode == 0
    assert {"PeerConnected", "TrackEnded"} <= kinds
