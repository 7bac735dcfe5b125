"""The lobby over sockets: who waits, who is let in, and what each of them is told."""

from __future__ import annotations

import json
from typing import Any

from starlette.testclient import TestClient, WebSocketTestSession

from tests.server.conftest import Cast
from tests.server.test_room_socket import HELLO, enter, heard, say, socket


def opened(cast: Cast, **more: object) -> str:
    meeting = cast.new_meeting("kaltara", "sumbar", **more)
    assert cast.as_("ratna").post(f"/api/v1/meetings/{meeting}/open").status_code == 200
    return meeting


def knock(waiting: WebSocketTestSession) -> dict[str, Any]:
    waiting.send_text(json.dumps(HELLO))
    return heard(waiting, "waiting")


def people(ratna: WebSocketTestSession) -> list[str]:
    return [each["name"] for each in heard(ratna, "door")["people"]]


def test_a_guest_waits_is_let_in_and_says_hello_again(cast: Cast) -> None:
    meeting = opened(cast, waits="guests")
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.guest_of(meeting), meeting) as guest:
        enter(ratna)
        assert people(ratna) == []
        assert knock(guest)["meeting"]["title"] == "Rapat Uji"
        (waiter,) = heard(ratna, "door")["people"]
        assert (waiter["name"], waiter["office"]) == ("Andi Pratama", "Bawaslu RI")
        say(guest, type="set_mic", on=True)
        assert heard(guest, "failure")["code"] == "unexpected"
        say(ratna, type="admit", person=waiter["person"])
        heard(guest, "admitted")
        assert people(ratna) == []
        welcome = enter(guest)
        assert "Andi Pratama" in [each["name"] for each in welcome["participants"]]


def test_all_are_let_in_at_once_and_one_is_turned_away(cast: Cast) -> None:
    meeting = opened(cast, waits="everybody")
    with (
        socket(cast.as_("ratna"), meeting) as ratna,
        socket(cast.as_("maria"), meeting) as maria,
        socket(cast.as_("wulan"), meeting) as wulan,
        socket(cast.guest_of(meeting), meeting) as guest,
    ):
        enter(ratna)
        for each in (guest, maria, wulan):
            knock(each)
        assert people(ratna) == []
        for number in (1, 2, 3):
            told = heard(ratna, "door")["people"]
            assert len(told) == number
        say(ratna, type="turn_away", person=told[0]["person"])
        refused = heard(guest, "failure")
        assert (refused["code"], refused["fatal"]) == ("turned_away", True)
        say(ratna, type="admit", person=None)
        for each in (maria, wulan):
            heard(each, "admitted")
            enter(each)


def test_who_is_no_doorkeeper_learns_nothing_of_who_waits_and_lets_nobody_in(cast: Cast) -> None:
    meeting = opened(cast, waits="guests")
    with socket(cast.as_("maria"), meeting) as maria, socket(cast.guest_of(meeting), meeting) as guest:
        enter(maria)
        knock(guest)
        say(maria, type="admit", person=None)
        while (message := json.loads(maria.receive_text()))["type"] != "failure":
            assert message["type"] != "door"
        assert message["code"] == "forbidden"


def test_who_goes_away_does_not_wait_any_more(cast: Cast) -> None:
    meeting = opened(cast, waits="guests")
    client = cast.guest_of(meeting)
    with socket(cast.as_("ratna"), meeting) as ratna:
        enter(ratna)
        assert people(ratna) == []
        with socket(client, meeting) as guest:
            knock(guest)
            assert people(ratna) == ["Andi Pratama"]
        assert people(ratna) == []
        with socket(client, meeting) as guest:
            knock(guest)
            assert people(ratna) == ["Andi Pratama"]
            say(guest, type="leave")
            assert people(ratna) == []


def test_a_second_window_waits_in_place_of_the_first(cast: Cast) -> None:
    meeting = opened(cast, waits="guests")
    client = cast.guest_of(meeting)
    with (
        socket(cast.as_("ratna"), meeting) as ratna,
        socket(client, meeting) as first,
        socket(client, meeting) as second,
    ):
        enter(ratna)
        assert people(ratna) == []
        knock(first)
        assert people(ratna) == ["Andi Pratama"]
        knock(second)
        assert heard(first, "failure")["code"] == "replaced"
        say(ratna, type="admit", person=None)
        heard(second, "admitted")
        assert enter(second)["seat"]


def test_the_end_of_a_meeting_is_told_outside_too(cast: Cast) -> None:
    meeting = opened(cast, waits="guests")
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.guest_of(meeting), meeting) as guest:
        enter(ratna)
        knock(guest)
        say(ratna, type="end")
        heard(guest, "ended")


def test_a_reaction_is_seen_by_all_and_kept_nowhere(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        seat = enter(maria)["seat"]
        say(maria, type="react", kind="applause")
        assert heard(ratna, "reacted") == {"type": "reacted", "seat": seat, "kind": "applause"}
        say(maria, type="react", kind="boo")
        assert heard(maria, "failure")["code"] == "bad_message"
        say(ratna, type="end")
        heard(maria, "ended")
    assert "applause" not in json.dumps(cast.as_("ratna").get(f"/api/v1/meetings/{meeting}/course").json())


def test_who_is_kept_outside_reads_nothing_of_what_is_said_inside(cast: Cast) -> None:
    meeting = opened(cast, waits="guests")
    client = cast.guest_of(meeting)
    addresses = [f"/api/v1/meetings/{meeting}/{what}" for what in ("course", "transcript")]
    with socket(cast.as_("ratna"), meeting) as ratna, socket(client, meeting) as guest:
        enter(ratna)
        knock(guest)
        assert [client.get(each).json()["code"] for each in addresses] == ["not_let_in"] * 2
        say(ratna, type="admit", person=None)
        heard(guest, "admitted")
        assert [client.get(each).status_code for each in addresses] == [404] * 2
        enter(guest)
        assert [client.get(each).status_code for each in addresses] == [200] * 2
    assert client.get("/api/v1/search", params={"q": "sengketa"}).json()["total"] == 0


# --- what a meeting is planned with ---


def plan(client: TestClient, **more: object) -> dict[str, Any]:
    given = {"title": "Rapat Uji", "starts_at": "2030-01-05T09:00:00+07:00", "offices": ["kaltara"], **more}
    answer = client.post("/api/v1/meetings", json=given)
    return {"status": answer.status_code, **answer.json()}


def test_a_meeting_goes_on_from_another_and_its_follow_ups_come_along(cast: Cast, meeting: str) -> None:
    dewi = cast.as_("dewi")
    assert plan(dewi, previous=meeting)["code"] == "previous_not_ended"
    with socket(cast.as_("ratna"), meeting) as ratna:
        enter(ratna)
        say(ratna, type="make_note", outcome={"kind": "follow_up", "text": "Kirim bukti.", "who": "KPU Kaltara"})
        heard(ratna, "notes")
        heard(ratna, "notes")
        say(ratna, type="end")
        heard(ratna, "ended")
    following = opened(cast, previous=meeting, quorum=1)
    with socket(cast.as_("ratna"), following) as ratna, socket(cast.as_("maria"), following) as maria:
        enter(ratna)
        order = heard(ratna, "order")
        assert (order["quorum"], order["quorate"]) == (1, False)
        (left,) = heard(ratna, "carried")["follow_ups"]
        assert (left["text"], left["who"], left["of"], left["how"]) == (
            "Kirim bukti.",
            "KPU Kaltara",
            "Rapat Uji",
            "open",
        )
        enter(maria)
        assert heard(ratna, "order")["quorate"] is True
        say(ratna, type="settle_carried", carried=left["id"], how="done", remark="Diterima.")
        assert heard(maria, "carried")["follow_ups"][0]["how"] == "open"
        assert heard(maria, "carried")["follow_ups"][0]["how"] == "done"
        say(ratna, type="end")
        heard(maria, "ended")
    course = dewi.get(f"/api/v1/meetings/{following}/course").json()
    assert [(each["text"], each["how"], each["remark"]) for each in course["carried"]] == [
        ("Kirim bukti.", "done", "Diterima.")
    ]
    assert course["quorum"] == 1
    assert "no_quorum" in [each["kind"] for each in course["stretches"]]


def test_one_s_own_meetings_are_listed_by_themselves(cast: Cast, meeting: str) -> None:
    listed = {}
    for name in ("dewi", "maria"):
        answer = cast.as_(name).get("/api/v1/meetings", params={"state": "open", "own": True})
        listed[name] = [each["id"] for each in answer.json()["items"]]
    assert meeting in listed["dewi"]
    assert listed["maria"] == [], "KPU Kaltara hosts none"


def test_a_plan_that_cannot_be_is_refused(cast: Cast) -> None:
    dewi = cast.as_("dewi")
    assert plan(dewi, quorum=2)["status"] == 422
    assert plan(dewi, waits="nobody else")["status"] == 422
    assert plan(dewi, previous="0123456789abcdef")["status"] == 404


def test_a_hall_says_who_sits_there_and_the_record_knows(cast: Cast, meeting: str) -> None:
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        seat = enter(maria, shared=True)["seat"]
        heard(ratna, "participant")
        people = [{"name": "Ani Lestari", "position": "Kasubbag Hukum"}, {"name": "Budi Santoso"}]
        say(maria, type="name_company", seat=seat, people=people)
        told = heard(ratna, "participant")["participant"]["company"]
        assert [each["name"] for each in told] == ["Ani Lestari", "Budi Santoso"]
        say(ratna, type="begin_roll", seconds=60)
        assert heard(maria, "roll")["offices"] == []
        assert [each["office"] for each in heard(maria, "roll")["offices"]] == ["KPU Sumbar", "KPU Kaltara"]
        say(ratna, type="call_next")
        told = heard(maria, "called")
        assert [(each["office_id"], each["here"]) for each in told["answers"]] == [("sumbar", False), ("kaltara", True)]
        assert told["called"] == "kaltara"
        say(maria, type="name_speaker", speaker="Budi Santoso")
        while (grant := heard(ratna, "floor")["grant"]) is None or not grant["speaker"]:
            pass
        assert grant["speaker"] == "Budi Santoso"
        say(ratna, type="end")
        heard(maria, "ended")
    offices = cast.as_("dewi").get(f"/api/v1/meetings/{meeting}/attendance").json()["offices"]
    kaltara = next(each for each in offices if each["office_id"] == "kaltara")
    named = [(each["name"], each["position"], each["measured"]["shared"]) for each in kaltara["people"]]
    assert named == [("Ani Lestari", "Kasubbag Hukum", True), ("Budi Santoso", "", True)]
    stretches = cast.as_("dewi").get(f"/api/v1/meetings/{meeting}/course").json()["stretches"]
    assert [(each["kind"], each["title"], each["speaker"]) for each in stretches if each["kind"] != "floor"] == [
        ("roll", "KPU Sumbar", "")
    ]
    assert stretches[-1]["speaker"] == "Budi Santoso"
