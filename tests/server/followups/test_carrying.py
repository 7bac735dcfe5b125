"""What is still owed is on the table of the next meeting, counted, once; what that one finds is told to who owes it."""

from __future__ import annotations

from server.db import Sessions
from server.followups import carrying
from server.followups.rules import Status
from server.followups.taking import take
from server.meetings.models import Meeting
from server.services import Services
from tests.server.conftest import Cast
from tests.server.followups.conftest import DUE, HELD, changes, content, follow_up, held, items
from tests.server.test_room_socket import enter, heard, say, socket


def test_a_signed_notula_is_the_source_and_nothing_is_listed_twice(cast: Cast, meeting: str) -> None:
    """The room had noted it, its notula says it properly, one of two offices has done it when the next begins."""
    services: Services = cast.app.state.services
    with socket(cast.as_("ratna"), meeting) as ratna:
        enter(ratna)
        say(ratna, type="make_note", outcome={"kind": "follow_up", "text": "Kirim bukti.", "who": "Provinsi"})
        heard(ratna, "notes")
        heard(ratna, "notes")
        say(ratna, type="end")
        heard(ratna, "ended")

    async def sign() -> None:
        async with services.sessions.begin() as session:
            of = await session.get(Meeting, meeting)
            assert of is not None
            said = (follow_up(all_offices=True, text="Semua provinsi mengirim daftar bukti."), follow_up("t2"))
            await take(session, of, content(*said), HELD)
            mine = [item for parent, item in await items(session) if parent.meeting_id == meeting]
            next(item for item in mine if item.office_id == "sumbar").status = Status.DONE
            next(item for item in mine if item.office_id == "kpuri").status = Status.DONE

    cast.portal.call(sign)
    following = cast.new_meeting("kaltara", previous=meeting)
    cast.as_("ratna").post(f"/api/v1/meetings/{following}/open")
    with socket(cast.as_("ratna"), following) as ratna:
        enter(ratna)
        (left,) = heard(ratna, "carried")["follow_ups"]
        told = (left["text"], left["who"], left["due"], left["of"], left["done"], left["offices"], left["how"])
        assert told == (
            "Semua provinsi mengirim daftar bukti.",
            "KPU Sumbar, KPU Kaltara",
            DUE.isoformat(),
            "Rapat Uji",
            1,
            2,
            "open",
        )
        say(ratna, type="settle_carried", carried=left["id"], how="open", remark="Kaltara: menunggu Bawaslu.")
        while heard(ratna, "carried")["follow_ups"][0]["remark"] != "Kaltara: menunggu Bawaslu.":
            pass
        say(ratna, type="end")
        heard(ratna, "ended")
    (course,) = cast.as_("dewi").get(f"/api/v1/meetings/{following}/course").json()["carried"]
    assert (course["done"], course["offices"]) == (1, 2)
    (mine,) = cast.as_("maria").get("/api/v1/follow-ups", params={"meeting": meeting}).json()["items"]
    last = cast.as_("maria").get(f"/api/v1/follow-ups/{mine['id']}").json()["history"][-1]
    assert (last["kind"], last["text"], last["by"]["name"], last["by"]["person"]) == (
        "meeting",
        "Belum selesai. Kaltara: menunggu Bawaslu.",
        "Rapat Uji",
        False,
    )
    (done,) = cast.as_("wulan").get("/api/v1/follow-ups", params={"meeting": meeting}).json()["items"]
    assert [e["kind"] for e in cast.as_("wulan").get(f"/api/v1/follow-ups/{done['id']}").json()["history"]] == ["taken"]


async def test_what_two_meetings_ago_was_left_comes_along(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        first = await held(session, ("kaltara", "sumbar", "jatim", "bali"), id="m1")
        second = await held(session, ("kaltara",), id="m2", previous_id="m1")
        await take(session, first, content(follow_up(all_offices=True)), HELD)
        await take(session, second, content(follow_up("t9", offices=("kaltara",), owners=("Ketua Divisi",))), HELD)
        assert [each.id for each in await carrying.before(session, second)] == ["m2", "m1"]
        found = await carrying.left(session, ["m2", "m1"], restricted=False)
    assert {id: [(each.who, each.done, each.offices) for each in left] for id, left in found.items()} == {
        "m1": [("4 provinsi", 0, 4)],
        "m2": [("Ketua Divisi", 0, 1)],
    }


async def test_what_is_restricted_is_not_told_in_a_meeting_that_is_not(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        meeting = await held(session, ("kaltara",))
        await take(session, meeting, content(follow_up(all_offices=True), classification="rahasia"), HELD)
        assert await carrying.left(session, ["m1"], restricted=False) == {"m1": ()}
        assert len((await carrying.left(session, ["m1"], restricted=True))["m1"]) == 1


async def test_a_room_s_own_notes_and_what_nobody_knows_are_let_be(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        meeting = await held(session, ("kaltara",))
        await take(session, meeting, content(follow_up(all_offices=True)), HELD)
        ((parent, item),) = await items(session)
        for carried in ("m1:c1", "m1:f-none", f"m2:f-{parent.id}"):
            await carrying.remark(session, carried, "done", "Diterima.", "Rakor II", HELD)
        await session.flush()
        assert len(await changes(session, item)) == 1
        await carrying.remark(session, f"m1:f-{parent.id}", "done", "", "Rakor II", HELD)
        await session.flush()
        assert (await changes(session, item))[-1].text == "Selesai."
        assert item.status == "belum_mulai"
