"""One camera in three sizes: viewers get the one that their tile shows, and what nobody watches is not sent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.room import Room
from tests.journeys.together.conftest import ANOTHER, LARGE, VIEWER
from tests.journeys.together.conftest import SPEAKER as SENDER
from tests.waiting import until

RIDS = ("q", "h", "f")
HEIGHTS = {"q": 135, "h": 270, "f": 540}
# The layer that one of three tiles shows sharp in a window of this size, the transcript beside it.
WINDOWS = {"f": LARGE, "h": (1280, 760), "q": (420, 420)}
FIRST_WITHIN_S = 20.0  # senders begin the top layer when they have found that their line bears it
WITHIN_S = 12.0
WORDS = 3

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module", autouse=True)
def _nobody_else_watches(three: Room) -> Iterator[None]:
    three.choose_mode(ANOTHER, "Suara saja")
    yield
    three.choose_mode(ANOTHER, "Biasa")


def test_a_tile_gets_the_layer_made_for_its_size(room: Room) -> None:
    took = [wait_for_layer(room, "f", FIRST_WITHIN_S)]
    for rid in ("q", "h", "f"):
        room.resize(VIEWER, WINDOWS[rid])
        took.append(wait_for_layer(room, rid))
    print("seconds to f, q, h, f:", took)
    sent = uplink(room)
    assert {rid: sent[rid]["height"] for rid in RIDS} == HEIGHTS
    assert [sent[rid]["lost"] for rid in RIDS] == [0, 0, 0]


def test_layers_nobody_watches_are_stopped(room: Room) -> None:
    wait_for_layer(room, "f")
    wait_for_senders(room, {"f"})
    wait_for_layer(room, "f")  # what was under way to others has gone out too
    before = encodings(room)
    until(lambda: encodings(room)["f"]["framesEncoded"] >= before["f"]["framesEncoded"] + 20, WITHIN_S, "no pictures")
    after = encodings(room)
    assert {rid: after[rid]["bytesSent"] - before[rid]["bytesSent"] for rid in ("q", "h")} == {"q": 0, "h": 0}


def test_saving_takes_the_lowest_layer_whatever_the_tile(room: Room) -> None:
    wait_for_layer(room, "f")
    room.choose_mode(VIEWER, "Hemat")
    saved = wait_for_layer(room, "q")
    wait_for_senders(room, {"q"})
    room.choose_mode(VIEWER, "Biasa")
    print(f"lowest layer after {saved} s, top layer again after {wait_for_layer(room, 'f')} s")


def test_sound_only_stops_the_pictures_at_their_source(room: Room) -> None:
    wait_for_layer(room, "f")
    room.choose_mode(VIEWER, "Suara saja")
    wait_for_senders(room, set())
    pictures, sent, heard = decoded(room), total(encodings(room), "bytesSent"), beeps(room)
    room.flash(SENDER, True)
    until(lambda: beeps(room) >= heard + WORDS, WITHIN_S, "the sound stopped")
    assert (decoded(room), total(encodings(room), "bytesSent")) == (pictures, sent)
    room.choose_mode(VIEWER, "Biasa")
    print(f"pictures again after {wait_for_layer(room, 'f')} s")


def wait_for_layer(room: Room, rid: str, within: float = WITHIN_S) -> float:
    """Until the viewer shows this layer, and its packets still come. Seconds that took, at a tenth's precision."""
    began, packets = time.monotonic(), uplink(room).get(rid, {"packets": 0})["packets"]

    def shown() -> bool:
        return received(room) == (RIDS.index(rid), HEIGHTS[rid]) and uplink(room)[rid]["packets"] > packets

    until(shown, within, lambda: f"{received(room)}, not {rid}; {uplink(room)}; {encodings(room)}")
    return round(time.monotonic() - began, 1)


def wait_for_senders(room: Room, rids: set[str]) -> None:
    """Until the publisher's browser sends these layers of the camera and no other."""

    def active() -> set[str]:
        return {rid for rid, row in encodings(room).items() if row["active"]}

    until(lambda: active() == rids, WITHIN_S, lambda: f"{active()} instead of {rids}")


def received(room: Room) -> tuple[int | None, int]:
    """Which layer the server sends to the viewer, and how many lines the viewer's browser decodes."""
    layers = [slot["layer"] for slot in room.counters(VIEWER)["down"].values() if slot["kind"] == "camera"]
    rows = room.rows(VIEWER, "inbound", "video", of=SENDER)
    return max((layer for layer in layers if layer is not None), default=None), max(
        (r["frameHeight"] for r in rows), default=0
    )


def uplink(room: Room) -> dict[str, dict[str, Any]]:
    """What the server counts of the camera's layers that have come, by rid."""
    up = room.counters(SENDER)["up"]
    return {name.removeprefix("camera:"): row for name, row in up.items() if name.startswith("camera:")}


def encodings(room: Room) -> dict[str, dict[str, Any]]:
    """What the publisher's browser counts of them. Nobody shares a screen here: the camera's rows come first."""
    rows = room.rows(SENDER, "outbound", "video")
    camera = min(row["mid"] for row in rows)
    return {row["rid"]: row for row in rows if row["mid"] == camera}


def decoded(room: Room) -> int:
    return sum(row["framesDecoded"] for row in room.rows(VIEWER, "inbound", "video"))


def total(rows: dict[str, dict[str, Any]], name: str) -> int:
    return sum(row[name] for row in rows.values())


def beeps(room: Room) -> int:
    """How many the viewer has heard."""
    return len(room.seen(VIEWER)["beeps"])
