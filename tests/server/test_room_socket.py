"""The room's socket: greeting, telling, coming back, and whatever a hostile page may send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from server.auth.accounts import NewAccount, create
from server.demo.people import PASSWORD
from tests.server.conftest import ORIGIN, Cast

HELLO = {"type": "hello", "version": 3, "mic": True, "camera": False}


@contextmanager
def socket(client: TestClient, meeting: str, origin: str = ORIGIN) -> Iterator[WebSocketTestSession]:
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = {"Origin": origin, "Cookie": cookies}
    with client.websocket_connect(f"wss://rakor.test/api/v1/meetings/{meeting}/room", headers=headers) as opened:
        yield opened


def heard(opened: WebSocketTestSession, kind: str) -> dict[str, Any]:
    """The next message of this kind; others are passed over."""
    while True:
        message: dict[str, Any] = json.loads(opened.receive_text())
        if message["type"] == kind:
            return message


def enter(opened: WebSocketTestSession, **changes: object) -> dict[str, Any]:
    opened.send_text(json.dumps({**HELLO, **changes}))
    return heard(opened, "welcome")


def test_whoever_comes_is_welcomed_and_told(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        welcome = enter(ratna)
        assert welcome["may_end"]
        assert [each["name"] for each in welcome["participants"]] == ["Ratna Wulandari"]
        assert welcome["plan"] == {"voices": 3, "cameras": 16}
        assert welcome["ice_servers"] == []
        second = enter(maria, camera=True)
        assert not second["may_end"]
        assert len(second["participants"]) == 2
        told = heard(ratna, "participant")["participant"]
        assert (told["name"], told["office"], told["camera"]) == ("Maria Tandilangi", "KPU Kaltara", True)
        maria.send_text('{"type":"set_mic","on":false}')
        assert heard(ratna, "participant")["participant"]["mic"] is False
        maria.send_text('{"type":"leave"}')
        assert heard(ratna, "left")["seat"] == second["seat"]


def test_a_screen_is_shared_by_one_and_taken_over_by_who_leads(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        leading, seat = enter(ratna)["seat"], enter(maria)["seat"]
        heard(ratna, "participant")
        maria.send_text('{"type":"set_screen","on":true}')
        assert heard(ratna, "participant")["participant"]["screen"] is True
        assert heard(maria, "participant")["participant"]["screen"] is True
        with socket(cast.as_("wulan"), meeting) as wulan:
            (shared,) = (each["screen"] for each in enter(wulan)["participants"] if each["seat"] == seat)
            assert shared is True
            wulan.send_text('{"type":"set_screen","on":true}')
            failure = heard(wulan, "failure")
            assert (failure["code"], failure["fatal"]) == ("screen_taken", False)
            assert "Maria Tandilangi" in failure["detail"]
            wulan.send_text('{"type":"leave"}')
        heard(maria, "left")
        ratna.send_text('{"type":"set_screen","on":true}')
        told = [heard(maria, "participant")["participant"] for _ in range(2)]
        assert [(each["seat"], each["screen"]) for each in told] == [(seat, False), (leading, True)]


def test_what_a_page_watches_is_taken_without_an_answer(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("maria"), meeting) as maria:
        seat = enter(maria)["seat"]
        shown = [{"seat": seat, "height": 540}, *({"seat": f"x{n}", "height": 90} for n in range(500))]
        maria.send_text(json.dumps({"type": "watch", "mode": "saving", "pinned": ["x"] * 50, "shown": shown}))
        maria.send_text('{"type":"watch","mode":"audio","pinned":[],"shown":null}')
        maria.send_text('{"type":"watch","mode":"much","pinned":[],"shown":null}')
        assert heard(maria, "failure")["code"] == "bad_message"
        maria.send_text('{"type":"ping","at":3}')
        assert heard(maria, "pong")["at"] == 3


def test_a_lost_line_keeps_its_seat(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna:
        enter(ratna)
        maria = cast.as_("maria")
        with socket(maria, meeting) as first:
            seat = enter(first)["seat"]
            heard(ratna, "participant")
        assert heard(ratna, "participant")["participant"]["away"] is True
        with socket(maria, meeting) as second:
            assert enter(second, seat=seat)["seat"] == seat
            assert heard(ratna, "participant")["participant"]["away"] is False


def test_a_second_window_takes_the_seat_over(cast: Cast, meeting: str) -> None:
    maria = cast.as_("maria")
    with socket(maria, meeting) as first:
        seat = enter(first)["seat"]
        with socket(maria, meeting) as second:
            assert enter(second)["seat"] == seat
            assert heard(first, "failure")["code"] == "replaced"


def test_a_shared_seat_stands_under_its_office(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("maria"), meeting) as opened:
        (shown,) = enter(opened, shared=True)["participants"]
        assert (shown["name"], shown["position"], shown["shared"]) == ("KPU Kaltara", "", True)


def test_only_who_leads_may_end_for_all(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        enter(maria)
        maria.send_text('{"type":"end"}')
        assert heard(maria, "failure")["code"] == "forbidden"
        ratna.send_text('{"type":"end"}')
        heard(maria, "ended")
        heard(ratna, "ended")
    assert cast.as_("maria").get(f"/api/v1/meetings/{meeting}").json()["state"] == "ended"


def test_who_leads_elsewhere_leads_nothing_here(cast: Cast, meeting: str) -> None:
    """A secretary of an invited office sits as a participant and cannot end the host's meeting."""

    async def hire() -> None:
        sari = NewAccount("sari", "Sari Wibowo", "Kasubbag", "sumbar", "secretariat", PASSWORD)
        async with cast.app.state.services.sessions.begin() as session:
            await create(session, sari, datetime.now(UTC))

    cast.portal.call(hire)
    with socket(cast.as_("sari"), meeting) as sari:
        welcome = enter(sari)
        assert not welcome["may_end"]
        assert [each["role"] for each in welcome["participants"]] == ["participant"]
        sari.send_text('{"type":"end"}')
        assert heard(sari, "failure")["code"] == "forbidden"
    assert cast.as_("ratna").get(f"/api/v1/meetings/{meeting}").json()["state"] == "open"


@pytest.mark.parametrize(
    ("who", "place", "code"),
    [("", "open", "not_signed_in"), ("wulan", "other", "not_found"), ("ratna", "closed", "meeting_not_open")],
)
def test_who_may_not_come_in_is_told_why(cast: Cast, meeting: str, who: str, place: str, code: str) -> None:
    address = {"open": meeting, "other": cast.new_meeting("aceh"), "closed": cast.new_meeting("aceh")}[place]
    with socket(cast.as_(who), address) as opened:
        failure = heard(opened, "failure")
    assert (failure["code"], failure["fatal"]) == (code, True)


@pytest.mark.parametrize("origin", ["https://evil.test", "", "null"])
def test_another_page_gets_no_socket(cast: Cast, meeting: str, origin: str) -> None:
    with pytest.raises(WebSocketDisconnect), socket(cast.as_("ratna"), meeting, origin):
        pass


def test_an_old_page_is_told_to_load_again(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as opened:
        opened.send_text(json.dumps({**HELLO, "version": 99}))
        assert heard(opened, "failure")["code"] == "version"


def test_a_bad_offer_is_refused_and_the_room_goes_on(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as opened:
        enter(opened)
        for number, sdp in enumerate(["v=0", "x" * 60_000, "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" * 30]):
            opened.send_text(json.dumps({"type": "offer", "id": number, "sdp": sdp}))
            failure = heard(opened, "failure")
            assert (failure["code"], failure["id"], failure["fatal"]) == ("bad_offer", number, False)
        opened.send_text('{"type":"offer","id":9,"peer":"somebody-elses","sdp":"v=0"}')
        assert heard(opened, "failure")["code"] == "unknown_peer"
        opened.send_text('{"type":"ping","at":1}')
        assert heard(opened, "pong")["at"] == 1


hostile = st.one_of(
    st.text(max_size=300),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ).map(json.dumps),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["hello", "offer", "set_mic", "set_screen", "end", "ping", "leave", "x"])},
        optional={"on": st.integers(), "id": st.text(), "sdp": st.integers(), "at": st.text(), "seat": st.floats()},
    ).map(json.dumps),
    st.fixed_dictionaries(
        {
            "type": st.just("watch"),
            "mode": st.sampled_from(["full", "saving", "audio", "x"]),
            "pinned": st.none() | st.lists(st.text() | st.integers(), max_size=20),
            "shown": st.none()
            | st.integers()
            | st.lists(st.fixed_dictionaries({"seat": st.text(), "height": st.integers()})),
        }
    ).map(json.dumps),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(hostile, min_size=1, max_size=12))
def test_whatever_one_page_sends_another_goes_on(cast: Cast, meeting: str, frames: list[str]) -> None:
    with socket(cast.as_("maria"), meeting) as good:
        enter(good)
        with socket(cast.as_("wulan"), meeting) as bad:
            for frame in frames:
                bad.send_text(frame)
        good.send_text('{"type":"ping","at":7}')
        assert heard(good, "pong")["at"] == 7


def test_a_flood_is_hung_up_on(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("maria"), meeting) as opened:
        enter(opened)
        for _ in range(100):
            opened.send_text('{"type":"ping","at":1}')
        assert heard(opened, "failure")["code"] == "too_fast"
