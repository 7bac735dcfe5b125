"""What happened in a room is found again by those who may see its meeting, and the numbers are those of the room."""

from __future__ import annotations

import pytest
from starlette.testclient import WebSocketTestSession

from tests.server.conftest import Cast
from tests.server.test_room_socket import enter, heard, say, socket


@pytest.fixture
def held(cast: Cast, meeting: str) -> str:
    """A short meeting of the chair, one province and a guest that was led and is over."""
    items = [{"id": "1", "title": "Pembukaan"}, {"id": "2", "title": "Doa", "recorded": False}]
    with socket(cast.as_("ratna"), meeting) as ratna, socket(cast.as_("maria"), meeting) as maria:
        enter(ratna)
        seat = enter(maria)["seat"]
        with socket(cast.guest_of(meeting), meeting) as guest:
            enter(guest)
            say(ratna, type="set_agenda", items=items)
            say(ratna, type="begin_item", item="1")
            say(ratna, type="give_floor", seat=seat, seconds=60)
            say(
                ratna,
                type="make_note",
                outcome={"kind": "follow_up", "text": "Kirim.", "who": "Kaltara", "due": "2026-12-01"},
            )
            say(ratna, type="open_vote", question="Setuju?", method="hands")
            heard(maria, "vote")
            say(maria, type="cast_vote", choice="agree")
            heard_vote(ratna)
            say(ratna, type="close_vote")
            say(ratna, type="begin_item", item="2")
            heard(maria, "order")
            say(ratna, type="end")
            heard(guest, "ended")
    return meeting


def test_the_course_says_what_was_discussed_and_what_came_of_it(cast: Cast, held: str) -> None:
    found = cast.as_("maria").get(f"/api/v1/meetings/{held}/course").json()
    told = [(each["kind"], each["title"]) for each in found["stretches"]]
    assert told == [("item", "Pembukaan"), ("floor", "Maria Tandilangi"), ("item", "Doa"), ("off_record", "Doa")]
    assert all(each["end"] >= each["start"] for each in found["stretches"])
    (outcome,) = found["outcomes"]
    assert (outcome["text"], outcome["who"], outcome["due"], outcome["item"]) == (
        "Kirim.",
        "Kaltara",
        "2026-12-01",
        "Pembukaan",
    )

    (vote,) = found["votes"]
    voices = [(each["office"], each["choice"], each["name"]) for each in vote["voices"]]
    assert voices == [("KPU Sumbar", None, ""), ("KPU Kaltara", "agree", "Maria Tandilangi")]
    assert (vote["question"], vote["item"], vote["open"], vote["cancelled"]) == ("Setuju?", "Pembukaan", False, False)


def heard_vote(opened: WebSocketTestSession) -> None:
    """Returns when somebody's voice has come."""
    while not any(voice["choice"] for voice in heard(opened, "vote")["vote"]["voices"]):
        pass


def test_a_meeting_of_others_has_none(cast: Cast) -> None:
    theirs = cast.new_meeting("bali")
    assert cast.as_("maria").get(f"/api/v1/meetings/{theirs}/course").status_code == 404
    assert cast.as_("").get(f"/api/v1/meetings/{theirs}/course").status_code == 401


def test_a_meeting_that_nobody_has_entered_has_an_empty_one(cast: Cast) -> None:
    coming = cast.new_meeting("kaltara")
    assert cast.as_("ratna").get(f"/api/v1/meetings/{coming}/course").json()["stretches"] == []
