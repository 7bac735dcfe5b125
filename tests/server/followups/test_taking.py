"""What a signed notula leaves is an item for every office, and an amended one changes those that there are."""

from __future__ import annotations

from datetime import date, timedelta

from server.auth.models import Office
from server.db import Sessions
from server.followups.rules import Status
from server.followups.taking import GONE, OTHERS, REVOKED, revoke, take
from tests.server.followups.conftest import DUE, HELD, changes, content, follow_up, held, items

LATER = HELD + timedelta(days=3)
PROVINCES = ("jatim", "kaltara", "sumbar")


async def test_one_direction_becomes_an_item_of_every_office(sessions: Sessions) -> None:
    decided = {"id": "k1", "text": "Semua provinsi melapor.", "cites": ("l9",), "basis": ("PKPU 5 Tahun 2020",)}
    said = (
        follow_up(all_offices=True, source="k1", category="monitoring", related=("Bawaslu",)),
        follow_up("t2", offices=("kaltara",), due=None),
        follow_up("t3", owners=("Biro Hukum",)),
    )
    async with sessions.begin() as session:
        meeting = await held(session, PROVINCES)
        await take(session, meeting, content(*said, decisions=(decided,)), HELD)
        found = await items(session)
    assert [(parent.statement_id, item.office_id, item.status) for parent, item in found] == [
        ("t1", "jatim", "belum_mulai"),
        ("t1", "kaltara", "belum_mulai"),
        ("t1", "sumbar", "belum_mulai"),
        ("t2", "kaltara", "belum_mulai"),
        ("t3", "kpuri", "belum_mulai"),  # nobody is named that has an account: the host sees to it
    ]
    first = found[0][0]
    assert (first.due, first.category, first.related, first.restricted) == (DUE, "monitoring", ["Bawaslu"], False)
    assert first.source == {
        "kind": "decision",
        "number": 1,
        "text": "Semua provinsi melapor.",
        "basis": ["PKPU 5 Tahun 2020"],
    }


async def test_an_outside_institution_is_directed_only_by_name(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        bawaslu = Office(
            id="bawaslu",
            code="",
            short_name="Bawaslu",
            name="Badan Pengawas Pemilu",
            zone="Asia/Jakarta",
            level="instansi",
        )
        session.add(bawaslu)
        await session.flush()
        meeting = await held(session, ("kaltara", "bawaslu"))
        await take(session, meeting, content(follow_up(all_offices=True)), HELD)
        assert [item.office_id for _, item in await items(session)] == ["kaltara"]
        await take(session, meeting, content(follow_up(all_offices=True, offices=("bawaslu", "nowhere"))), HELD)
        assert [item.office_id for _, item in await items(session)] == ["bawaslu", "kaltara"]


async def test_taking_twice_changes_nothing(sessions: Sessions) -> None:
    said = content(follow_up(all_offices=True), follow_up("t2", offices=("kaltara",)))
    async with sessions.begin() as session:
        meeting = await held(session, PROVINCES)
        await take(session, meeting, said, HELD)
        await take(session, meeting, said, LATER)
        found = await items(session)
        assert len(found) == 4
        assert {item.version for _, item in found} == {1}
        assert [each.kind for each in await changes(session, found[0][1])] == ["taken"]


async def test_an_amended_notula_changes_text_and_due_and_keeps_what_was_done(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        meeting = await held(session, PROVINCES)
        await take(session, meeting, content(follow_up(all_offices=True)), HELD)
        for _, item in await items(session):
            item.status, item.percent = Status.IN_PROGRESS, 40
        moved = follow_up(all_offices=True, text="Susun dan kirim daftar.", due=date(2026, 12, 12))
        await take(session, meeting, content(moved), LATER)
        (parent, item), *_ = await items(session)
        assert (parent.text, parent.due, item.status, item.percent, item.version) == (
            "Susun dan kirim daftar.",
            date(2026, 12, 12),
            "dalam_proses",
            40,
            2,
        )
        told = (await changes(session, item))[-1]
    assert (told.kind, told.by_name, told.at) == ("amended", "Notula Rakor sengketa", LATER)
    assert told.before == {"text": "Susun daftar inventaris masalah.", "due": "2026-12-05"}
    assert told.after == {"text": "Susun dan kirim daftar.", "due": "2026-12-12"}


async def test_what_vanished_is_cancelled_with_its_reason_and_can_come_back(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        meeting = await held(session, PROVINCES)
        said = content(follow_up(all_offices=True), follow_up("t2", offices=("kaltara",)))
        await take(session, meeting, said, HELD)
        found = {(parent.statement_id, item.office_id): item for parent, item in await items(session)}
        found["t2", "kaltara"].status = Status.WAITING
        await take(session, meeting, content(follow_up(offices=("jatim", "kaltara"))), LATER)
        ended = {key: item.status for key, item in found.items() if item.withdrawn}
        assert ended == {("t1", "sumbar"): "dibatalkan", ("t2", "kaltara"): "dibatalkan"}
        assert (await changes(session, found["t1", "sumbar"]))[-1].text == OTHERS
        assert (await changes(session, found["t2", "kaltara"]))[-1].text == GONE
        await take(session, meeting, said, LATER + timedelta(days=1))
        assert len(await items(session)) == 4
        assert (found["t1", "sumbar"].status, found["t2", "kaltara"].status) == ("belum_mulai", "menunggu_pihak_lain")
        assert [each.kind for each in await changes(session, found["t2", "kaltara"])] == [
            "taken",
            "withdrawn",
            "restored",
        ]


async def test_a_revoked_notula_binds_nobody(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        meeting = await held(session, PROVINCES)
        await take(session, meeting, content(follow_up(all_offices=True)), HELD)
        await revoke(session, meeting, LATER)
        found = await items(session)
        assert {item.status for _, item in found} == {"dibatalkan"}
        assert (await changes(session, found[0][1]))[-1].text == REVOKED
        assert found[0][0].withdrawn


async def test_of_a_restricted_notula_items_are_restricted(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        meeting = await held(session, PROVINCES)
        await take(session, meeting, content(follow_up(all_offices=True), classification="terbatas"), HELD)
        assert (await items(session))[0][0].restricted
