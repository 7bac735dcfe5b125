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
from server.signalling.shapes import PROTOCOL_VERSION
from tests.server.conftest import ORIGIN, Cast

HELLO = {"type": "hello", "version": PROTOCOL_VERSION, "mic": True, "camera": False, "notice": 1}


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


def say(opened: WebSocketTestSession, **message: object) -> None:
    opened.send_text(json.dumps(message))


def enter(opened: WebSocketTestSession, **changes: object) -> dict[str, Any]:
    opened.send_text(json.dumps({**HELLO, **changes}))
    return heard(opened, "welcome")


def test_whoever_comes_is_welcomed_and_told(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        welcome = enter(ratna)
        assert "end" in heard(ratna, "powers")["may"]
        assert [each["name"] for each in welcome["participants"]] == ["Ratna Wulandari"]
        assert welcome["plan"] == {"voices": 3, "cameras": 16}
        assert welcome["ice_servers"] == []
        second = enter(maria, camera=True)
        assert heard(maria, "powers")["may"] == ["chat", "raise_hand", "react", "share", "speak", "vote"]
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


def test_hands_are_seen_by_all_and_who_leads_stops_a_microphone(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        seat = enter(maria)["seat"]
        assert heard(ratna, "floor") == {"type": "floor", "hands": [], "grant": None, "mics_locked": False}
        heard(maria, "floor")
        maria.send_text('{"type":"raise_hand"}')
        assert heard(ratna, "floor")["hands"] == heard(maria, "floor")["hands"]
        maria.send_text('{"type":"stop","seat":null,"what":"mic"}')
        assert heard(maria, "failure")["code"] == "forbidden"
        ratna.send_text('{"type":"stop","seat":null,"what":"mic"}')
        assert heard(maria, "stopped") == {"type": "stopped", "what": "mic", "by": "Ratna Wulandari"}
        assert heard(maria, "participant")["participant"]["mic"] is False
        ratna.send_text('{"type":"lock_mics","on":true}')
        assert heard(maria, "floor")["mics_locked"] is True
        maria.send_text('{"type":"set_mic","on":true}')
        assert heard(maria, "failure")["code"] == "mics_locked"
        ratna.send_text(json.dumps({"type": "lower_hand", "seat": seat}))
        assert heard(maria, "floor")["hands"] == []


def test_a_meeting_is_led_through_its_agenda_and_its_outcomes_are_shown(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        seat = enter(maria, mic=False)["seat"]
        assert heard(maria, "agenda") == {"type": "agenda", "items": [], "item": None, "since": 0.0}
        assert heard(maria, "notes")["notes"] == []
        items = [{"id": "1", "title": "Paparan"}, {"id": "2", "title": "Doa", "recorded": False}]
        say(ratna, type="set_agenda", items=items)
        assert [item["title"] for item in heard(maria, "agenda")["items"]] == ["Paparan", "Doa"]
        say(ratna, type="begin_item", item="2")
        assert heard(maria, "agenda")["item"] == "2"
        assert heard(maria, "order")["pause"]["why"] == "Doa"
        say(ratna, type="begin_item", item="1")
        assert heard(maria, "order")["pause"] is None
        say(ratna, type="make_note", outcome={"kind": "decision", "text": " Disepakati. "})
        (note,) = heard(maria, "notes")["notes"]
        assert (note["id"], note["item"], note["outcome"]["text"]) == ("c1", "1", "Disepakati.")
        say(ratna, type="give_floor", seat=seat, seconds=60)
        grant = heard(maria, "floor")["grant"]
        assert (grant["seat"], grant["seconds"]) == (seat, 60)
        say(maria, type="make_note", outcome={"kind": "decision", "text": "Bukan saya."})
        assert heard(maria, "failure")["code"] == "forbidden"
        say(ratna, type="suspend", on=True)
        assert heard(maria, "order")["suspended"] is not None
        assert heard(maria, "floor")["grant"] is None


def test_who_is_shown_out_for_good_is_told_and_stays_outside_until_pardoned(cast: Cast, meeting: str) -> None:
    maria = cast.as_("maria")
    with socket(cast.as_("ratna"), meeting) as ratna:
        enter(ratna)
        with socket(maria, meeting) as first:
            seat = enter(first)["seat"]
            say(ratna, type="remove", seat=seat, ban=True)
            assert heard(first, "failure") == {
                "type": "failure",
                "code": "removed",
                "detail": "Anda dikeluarkan dari rapat ini oleh pimpinan rapat.",
                "fatal": True,
                "id": None,
            }
        (outside,) = heard(ratna, "outside")["people"]
        assert outside["name"] == "Maria Tandilangi"
        with socket(maria, meeting) as second:
            say(second, **HELLO)
            assert heard(second, "failure")["code"] == "banned"
        say(ratna, type="pardon", person=outside["person"])
        assert heard(ratna, "outside")["people"] == []
        with socket(maria, meeting) as third:
            assert enter(third)["seat"]


def test_a_role_changes_what_a_page_may_do(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        seat = enter(maria)["seat"]
        heard(maria, "powers")
        say(ratna, type="appoint", seat=seat, role="observer")
        assert heard(maria, "powers")["may"] == ["chat", "react"]
        assert heard(maria, "stopped") == {"type": "stopped", "what": "mic", "by": ""}
        say(ratna, type="appoint", seat=seat, role="moderator")
        assert "give_floor" in heard(maria, "powers")["may"]


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
        assert "end" not in heard(sari, "powers")["may"]
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
