"""What operators watch: names and labels, who may read them, and a media process that does not answer."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from media.errors import MediaError, PlaneDown, UnknownRoom
from server import monitoring
from server.auth.accounts import NewAccount, create
from server.demo.people import PASSWORD
from server.mediation import MediaKeeper, Plane
from server.metrics import RoomCounters, Snapshot, exposition
from server.monitoring import may_scrape
from tests.server.conftest import Cast
from tests.server.test_room_socket import enter, socket

Series = dict[tuple[str, tuple[tuple[str, str], ...]], float]
PEERS = {
    "p": {
        "connected": True,
        "quality": 2,
        "rtt_ms": 40.0,
        "estimate_bps": 900_000,
        "bad_packets": 3,
        "up": {
            "mic": {"packets": 50, "lost": 1, "bytes": 4_000, "nacked": 1, "bitrate_bps": 32_000.0, "new": "text"},
            "camera:h": {"packets": 30, "lost": 0, "bytes": 30_000, "nacked": 0, "bitrate_bps": None},
        },
        "down": {
            "8": {"kind": "camera", "source": "q", "layer": 1, "packets": 10, "resent": 2, "switches": 1},
            "9": {"kind": "camera", "source": "r", "layer": 1, "packets": 5, "resent": 0, "switches": 3},
            "10": {"kind": "camera", "source": None, "layer": None, "packets": 0, "resent": 0, "switches": 0},
            "4": {"kind": "mic", "source": "q", "layer": None, "packets": 70, "resent": 0, "switches": 9},
        },
    },
    "replaced": {"connected": False},
}
MEDIA = {"peers": PEERS, "dropped": {"stun": 4}, "lag_ms": {"p50": 0.5, "p99": 4.0, "max": 20.0}}
ROOM = RoomCounters("m1", {"p": ("kaltara", "3f9c"), "gone": ("aceh", "77aa")}, seats=3, media=MEDIA)
PLACE = (("meeting", "m1"), ("office", "kaltara"), ("seat", "3f9c"))


def scraped(text: bytes | str) -> Series:
    """As Prometheus reads it; counters by the name they have there."""
    given = text.decode() if isinstance(text, bytes) else text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(given)
        for sample in family.samples
    }


def of_room(*rooms: RoomCounters) -> Series:
    return scraped(exposition(Snapshot(True, True, 2, 7.5, rooms, {"p50": 1.0, "p99": 2.0, "max": 3.0})))


def test_a_peer_is_known_by_office_and_seat() -> None:
    series = of_room(ROOM)
    assert series["rakor_peer_connected", PLACE] == 1
    assert series["rakor_peer_quality", PLACE] == 2
    assert series["rakor_peer_rtt_seconds", PLACE] == pytest.approx(0.04)
    assert series["rakor_peer_estimate_bits_per_second", PLACE] == 900_000
    assert series["rakor_peer_bad_packets_total", PLACE] == 3
    labelled = {dict(labels).get("seat") for name, labels in series if name.startswith("rakor_peer_")}
    assert labelled == {"3f9c"}


def test_what_is_received_is_told_by_kind_and_layer() -> None:
    series = of_room(ROOM)

    def labels(kind: str, layer: str) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((*PLACE, ("kind", kind), ("layer", layer))))

    assert series["rakor_up_packets_total", labels("mic", "")] == 50
    assert series["rakor_up_lost", labels("mic", "")] == 1
    assert series["rakor_up_bytes_total", labels("camera", "h")] == 30_000
    assert series["rakor_up_bits_per_second", labels("mic", "")] == 32_000
    assert ("rakor_up_bits_per_second", labels("camera", "h")) not in series


def test_slots_are_added_up_by_kind() -> None:
    series = of_room(ROOM)
    camera = tuple(sorted((*PLACE, ("kind", "camera"))))
    assert series["rakor_down_packets_total", camera] == 15
    assert series["rakor_down_resent_total", camera] == 2
    assert series["rakor_down_switches_total", camera] == 4
    assert series["rakor_down_slots", tuple(sorted((*camera, ("layer", "1"))))] == 2
    assert sum(name == "rakor_down_packets_total" for name, _ in series) == 2


def test_the_whole_installation_is_told_once() -> None:
    """Media counts what it drops, and how late it is, for all rooms together."""
    series = of_room(ROOM, RoomCounters("m2", {}, seats=1, media={**MEDIA, "peers": {}}), RoomCounters("m3", {}, 0))
    assert series["rakor_media_up", ()] == 1
    assert series["rakor_rooms", ()] == 3
    assert series["rakor_room_seats", (("meeting", "m1"),)] == 3
    assert series["rakor_room_peers", (("meeting", "m1"),)] == 2
    assert ("rakor_room_peers", (("meeting", "m3"),)) not in series
    assert series["rakor_media_dropped_packets_total", (("reason", "stun"),)] == 4
    assert series["rakor_loop_lag_seconds", (("process", "media"), ("quantile", "0.99"))] == pytest.approx(0.004)
    assert series["rakor_loop_lag_seconds", (("process", "server"), ("quantile", "1"))] == pytest.approx(0.003)
    assert series["rakor_transcription_tracks", ()] == 2
    assert series["rakor_transcription_behind_seconds", ()] == 7.5


@pytest.mark.parametrize("media", [{}, {"peers": None}, {"peers": {"p": 1}}, {"peers": {"p": {"up": {"mic": []}}}}])
def test_counters_of_another_shape_are_left_out(media: dict[str, object]) -> None:
    series = of_room(dataclasses.replace(ROOM, media=media))
    assert series["rakor_rooms", ()] == 1
    assert not [name for name, _ in series if name.startswith(("rakor_peer_", "rakor_up_", "rakor_down_"))]


@pytest.mark.parametrize(
    ("token", "authorization", "host", "allowed"),
    [
        ("", "", "127.0.0.1", True),
        ("", "", "::1", True),
        ("", "", "::ffff:127.0.0.1", True),
        ("", "", "10.0.0.7", False),
        ("", "", "::ffff:10.0.0.7", False),
        ("", "", "", False),
        ("", "", "testclient", False),
        ("rahasia", "Bearer rahasia", "10.0.0.7", True),
        ("rahasia", "Bearer tebakan", "127.0.0.1", False),
        ("rahasia", "rahasia", "127.0.0.1", False),
        ("rahasia", "", "127.0.0.1", False),
        ("rahasia", "Bearer é", "127.0.0.1", False),
    ],
)
def test_who_may_read(token: str, authorization: str, host: str, allowed: bool) -> None:
    assert may_scrape(token, authorization, host) is allowed


# --- the running application ---


def snapshot_while(cast: Cast, stats: Callable[[str], object]) -> Snapshot:
    """Taken while media answers so; with None it never does."""

    class Media:
        up = True

        async def stats(self, room: str) -> object:
            answer = stats(room)
            if answer is None:
                await asyncio.Event().wait()
            return answer

    services = dataclasses.replace(cast.app.state.services, media=Media())
    return cast.portal.call(monitoring.snapshot, services, 0.05)


def test_a_meeting_is_counted_by_seat(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("maria"), meeting) as maria:
        enter(maria)
        series = scraped(exposition(cast.portal.call(monitoring.snapshot, cast.app.state.services)))
    assert series["rakor_media_up", ()] == 1
    assert series["rakor_room_seats", (("meeting", meeting),)] == 1
    assert series["rakor_room_peers", (("meeting", meeting),)] == 0
    assert ("rakor_loop_lag_seconds", (("process", "media"), ("quantile", "0.5"))) in series
    assert ("rakor_loop_lag_seconds", (("process", "server"), ("quantile", "0.5"))) in series


def test_media_that_does_not_answer_does_not_hold_up_who_asks(cast: Cast, meeting: str) -> None:
    silent = snapshot_while(cast, lambda room: None)
    assert not silent.media_up
    assert meeting in {room.meeting for room in silent.rooms}
    assert {room.media for room in silent.rooms} == {None}


@pytest.mark.parametrize(("error", "up"), [(PlaneDown("gone"), False), (UnknownRoom("x"), True)])
def test_a_room_media_does_not_know_is_no_broken_media(cast: Cast, meeting: str, error: MediaError, up: bool) -> None:
    def fail(room: str) -> object:
        if room == meeting:
            raise error
        return MEDIA

    found = snapshot_while(cast, fail)
    assert found.media_up is up
    assert next(room for room in found.rooms if room.meeting == meeting).media is None


def test_the_text_is_for_who_holds_the_token(cast: Cast) -> None:
    anybody = cast.as_("")
    assert anybody.get("/metrics").json()["code"] == "forbidden"
    services = cast.app.state.services
    with_token = services.settings.model_copy(
        update={"metrics_token": type(services.settings.metrics_token)("rahasia")}
    )
    cast.app.state.services = dataclasses.replace(services, settings=with_token)
    try:
        answer = anybody.get("/metrics", headers={"Authorization": "Bearer rahasia"})
    finally:
        cast.app.state.services = services
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert ("rakor_media_up", ()) in scraped(answer.text)


@pytest.mark.parametrize(("office", "status"), [("kpuri", 200), ("aceh", 404)])
def test_who_keeps_the_installation_sees_connections_of_their_office(
    cast: Cast, meeting: str, office: str, status: int
) -> None:
    name = f"penjaga-{office}"

    async def hire() -> None:
        keeper = NewAccount(name, "Sari Wibowo", "Administrator", office, "admin", PASSWORD)
        async with cast.app.state.services.sessions.begin() as session:
            await create(session, keeper, datetime.now(UTC))

    cast.portal.call(hire)
    answer = cast.as_(name).get(f"/api/v1/meetings/{meeting}/media")
    assert answer.status_code == status
    if status == 200:
        assert (answer.json()["peers"], answer.json()["seats"]) == ({}, {})
        assert set(answer.json()["server_lag_ms"]) == {"p50", "p99", "max"}


def test_counters_of_media_that_is_gone_are_told_to_be(cast: Cast, meeting: str) -> None:
    services = cast.app.state.services
    chair = cast.as_("ratna")

    async def start() -> Plane:
        raise PlaneDown("never")

    cast.app.state.services = dataclasses.replace(services, media=MediaKeeper(start))
    try:
        answer = chair.get(f"/api/v1/meetings/{meeting}/media")
    finally:
        cast.app.state.services = services
    assert (answer.status_code, answer.json()["code"]) == (409, "media_down")
