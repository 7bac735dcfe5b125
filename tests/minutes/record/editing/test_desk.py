"""Edits in the database: done once, refused when the line is another by now, kept with all that stood there before."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from minutes.record import changes, lines, revision, tracks
from minutes.record.editing import history
from minutes.record.editing.edits import Inaudible, Merge, Name, Redact, Replace, Retext, Split, Undo, Wanted
from minutes.record.editing.words import REDACTED
from minutes.record.errors import EditIdTaken, LineChanged, NoSuchEdit, NotNext, OtherSpeaker, RecordError
from minutes.record.models import Line
from minutes.speech.ports import Recognition, Utterance
from tests.minutes.record.conftest import Sessions
from tests.minutes.record.editing.table import INDEX, MEETING, Table, said, surface

BY = Recognition("engine 2", "large", "abc", "{}")


@pytest.fixture
async def table(sessions: Sessions) -> Table:
    made = Table(sessions)
    await made.seat()
    return made


async def hear_again(table: Table, until: float, *utterances: Utterance) -> None:
    async with table.sessions.begin() as session:
        token = (await tracks.take_lease(session, "t1")).token
        await revision.revise(session, "t1", token, until, utterances, INDEX, BY)


async def heard(table: Table, *texts: str) -> list[Line]:
    return await table.hear(9000.0, *(said(10.0 * (at + 1), text) for at, text in enumerate(texts)))


async def test_a_corrected_line_is_found_by_its_new_words_cites_anew_and_is_news(table: Table) -> None:
    (line,) = await heard(table, "Pasal 5 senketa")
    async with table.sessions() as session:
        before = await changes.newest(session, MEETING)
    done = await table.make(Retext(line.id, 1, "Pasal 7 sengketa"))
    assert [(each.text, each.version, each.edited) for each in done.lines] == [("Pasal 7 sengketa", 2, True)]
    assert (await table.found("sengketa"), await table.found("senketa")) == ([line.id], [])
    now = (await table.lines())[line.id]
    assert [each["article"] for each in now.citations] == ["7"]
    assert await table.indexed() == {now.number: (surface(now.text), now.stem)}
    async with table.sessions() as session:
        news = await lines.transcript(session, MEETING, None, 9, since=before)
    assert ([each.id for each in news.lines], news.change) == ([line.id], done.change)


async def test_an_edit_for_another_version_changes_nothing(table: Table) -> None:
    (line,) = await heard(table, "satu dua")
    await table.make(Retext(line.id, 1, "satu tiga"))
    with pytest.raises(LineChanged) as refused:
        await table.make(Retext(line.id, 1, "empat"))
    assert refused.value.line == line.id
    for gone in ("nowhere", line.id):
        with pytest.raises(LineChanged):
            await table.make(Retext(gone, 7, "empat"))
    assert await table.texts() == ["satu tiga"]
    assert len(await table.history(line.id)) == 1


async def test_an_edit_that_is_asked_again_is_answered_and_not_done_again(table: Table) -> None:
    (line,) = await heard(table, "satu dua")
    asked = table.asked(Retext(line.id, 1, "satu tiga"), text="satu tiga")
    first, again = await table.ask(asked), await table.ask(asked)
    assert (first.edit, first.change, first.gone) == (again.edit, again.change, again.gone)
    assert [each.text for each in again.lines] == ["satu tiga"]
    await table.make(Retext(line.id, 2, "empat"))
    assert [(each.text, each.version) for each in (await table.ask(asked)).lines] == [("empat", 3)]
    assert len(await table.history(line.id)) == 2
    with pytest.raises(EditIdTaken):
        await table.ask(replace(asked, body={**asked.body, "text": "lima"}))


async def test_the_lines_that_a_split_left_can_be_one_again(table: Table) -> None:
    (line,) = await heard(table, "rapat kami buka")
    done = await table.make(Split(line.id, 1, 6))
    assert [each.text for each in done.lines] == ["rapat", "kami buka"]
    second = done.lines[1]
    assert await table.found("buka") == [second.id]
    back = await table.make(Undo(done.edit))
    assert ([each.text for each in back.lines], back.gone) == (["rapat kami buka"], (second.id,))
    forth = await table.make(Undo(back.edit))
    assert [(each.id, each.version) for each in forth.lines] == [(line.id, 4), (second.id, 2)]
    assert await table.found("buka") == [second.id]


async def test_a_merge_takes_the_next_line_of_the_seat_and_gives_it_back(table: Table) -> None:
    await table.seat("t2", seat_id="s2")
    first, second, third = await heard(table, "satu", "dua", "tiga")
    await table.hear(9000.0, said(15.0, "lain"), track="t2")
    with pytest.raises(NotNext):
        await table.make(Merge(first.id, 1, third.id, 1))
    with pytest.raises(LineChanged):
        await table.make(Merge(first.id, 1, second.id, 5))
    done = await table.make(Merge(first.id, 1, second.id, 1))
    assert (done.gone, await table.texts()) == ((second.id,), ["satu dua", "lain", "tiga"])
    assert await table.found("dua") == [first.id]
    with pytest.raises(LineChanged):
        await table.make(Retext(second.id, 1, "x"))
    await table.make(Undo(done.edit))
    assert await table.texts() == ["satu", "lain", "dua", "tiga"]
    back = (await table.lines())[second.id]
    assert (back.version, back.office_name, back.edited, back.words) == (2, "KPU Kaltara", False, second.words)
    assert await table.found("dua") == [second.id]


async def test_two_people_s_lines_are_not_merged_until_they_are_one_s(table: Table) -> None:
    first, second = await heard(table, "satu", "dua")
    await table.make(Name(second.id, 1, "Sari Wibowo", "Kasubbag"))
    with pytest.raises(OtherSpeaker):
        await table.make(Merge(first.id, 1, second.id, 2))
    await table.make(Name(first.id, 1, "Sari Wibowo", "Kasubbag"))
    assert len((await table.make(Merge(first.id, 2, second.id, 2))).lines) == 1


async def test_an_undo_waits_for_what_was_done_since(table: Table) -> None:
    (line,) = await heard(table, "satu dua")
    one = await table.make(Retext(line.id, 1, "satu tiga"))
    two = await table.make(Retext(line.id, 2, "satu empat"))
    with pytest.raises(LineChanged):
        await table.make(Undo(one.edit))
    await table.make(Undo(two.edit))
    assert await table.texts() == ["satu tiga"]
    back = await table.make(Undo(one.edit))
    assert [(each.text, each.version, each.edited) for each in back.lines] == [("satu dua", 5, False)]
    with pytest.raises(LineChanged):
        await table.make(Undo(one.edit))
    with pytest.raises(NoSuchEdit):
        await table.make(Undo("never made"))


async def test_a_replacement_leaves_what_has_changed_and_says_so(table: Table) -> None:
    one, two, three = await heard(table, "kpu satu", "kpu dua", "tiga")
    await table.make(Retext(two.id, 1, "kpu dua dua"))
    meant = (*((line.id, 1) for line in (one, two, three)), ("nowhere", 1))
    done = await table.make(Replace(Wanted("kpu", False, True), "KPU", meant))
    assert [each.id for each in done.lines] == [one.id]
    assert ([each.text for each in done.conflicts], done.gone) == (["kpu dua dua"], ("nowhere",))
    assert await table.texts() == ["KPU satu", "kpu dua dua", "tiga"]
    await table.make(Undo(done.edit))
    assert (await table.texts())[0] == "kpu satu"


async def test_a_replacement_leaves_a_line_of_which_nothing_would_be_left(table: Table) -> None:
    one, two = await heard(table, "terima kasih", "terima kasih banyak")
    done = await table.make(Replace(Wanted("terima kasih", False, True), "", ((one.id, 1), (two.id, 1))))
    assert [each.text for each in done.conflicts] == ["terima kasih"]
    assert await table.texts() == ["terima kasih", "banyak"]


async def test_of_what_is_blackened_nothing_is_left_but_in_the_history(table: Table) -> None:
    (line,) = await heard(table, "nomor saya delapan sembilan ya")
    done = await table.make(Redact(line.id, 1, 11, 27, "nomor telepon pribadi"))
    assert [each.text for each in done.lines] == [f"nomor saya {REDACTED} ya"]
    assert await table.found("sembilan") == []
    assert "sembilan" not in str(done.lines[0].words)
    (entry,) = await table.history(line.id)
    assert entry.before is not None
    assert entry.before.text == "nomor saya delapan sembilan ya"


async def test_a_second_hearing_says_nothing_again_that_was_blackened(table: Table) -> None:
    line, other = await heard(table, "nomor saya delapan sembilan", "baik")
    await table.make(Redact(line.id, 1, 11, 27, "nomor telepon pribadi"))
    await hear_again(table, 9000.0, said(11.5, "sembilan itu nomor saya dan satu lagi baik"), said(20.0, "Baik."))
    assert await table.texts() == [f"nomor saya {REDACTED}", "Baik."]
    assert (await table.lines())[other.id].version == 2
    assert await table.found("sembilan") == []


async def test_what_a_person_has_touched_is_left_by_the_second_hearing_also_when_it_is_taken_back(
    table: Table,
) -> None:
    one, two, _ = await heard(table, "satu", "dua", "tiga")
    await table.make(Inaudible(one.id, 1, 0, 4))
    done = await table.make(Retext(two.id, 1, "dua dua"))
    await table.make(Undo(done.edit))
    await hear_again(table, 9000.0, said(10.0, "Satu."), said(20.0, "Dua."), said(30.0, "Tiga."))
    assert await table.texts() == ["(suara tidak jelas)", "dua", "Tiga."]


async def test_the_history_begins_with_the_machine_s_words_as_they_were_before_the_first_edit(table: Table) -> None:
    (line,) = await heard(table, "satu dua")
    await hear_again(table, 9000.0, said(10.0, "Satu, dua."))
    await table.make(Retext(line.id, 2, "Satu, tiga."))
    (entry,) = await table.history(line.id)
    assert entry.before is not None
    assert (entry.before.text, entry.before.version, entry.before.edited) == ("Satu, dua.", 2, False)
    assert (entry.edit.by_name, entry.edit.kind) == ("Dewi Kusuma", "retext")


async def test_the_history_of_a_line_tells_where_its_words_come_from(table: Table) -> None:
    first, second = await heard(table, "satu dua", "tiga")
    await table.make(Retext(first.id, 1, "Satu dua"))
    await table.make(Retext(second.id, 1, "Tiga"))
    half = (await table.make(Split(first.id, 2, 5))).lines[1]
    await table.make(Retext(first.id, 3, "Satu,"))
    await table.make(Merge(half.id, 1, second.id, 2))
    told = [(entry.edit.kind, entry.line) for entry in await table.history(half.id)]
    assert told == [
        ("retext", first.id),
        ("retext", second.id),
        ("split", *([first.id] if first.id < half.id else [half.id])),
        ("split", *([half.id] if first.id < half.id else [first.id])),
        *sorted([("merge", half.id), ("merge", second.id)], key=lambda each: each[1]),
    ]
    assert [entry.line for entry in await table.history(first.id)] == [
        first.id,
        *sorted([first.id, half.id]),
        first.id,
    ]
    async with table.sessions() as session:
        assert await history.meeting_of(session, second.id) == MEETING
        assert await history.meeting_of(session, "nowhere") is None


async def test_of_two_edits_at_the_same_moment_one_is_refused(table: Table) -> None:
    (line,) = await heard(table, "satu dua")
    asked = [table.asked(Retext(line.id, 1, f"satu {number}")) for number in range(4)]
    answers = await asyncio.gather(*map(table.ask, asked), return_exceptions=True)
    refused = [each for each in answers if isinstance(each, LineChanged)]
    assert len(refused) == 3
    assert len(await table.history(line.id)) == 1


@pytest.mark.parametrize("edit", [Retext("?", 1, " "), Split("?", 1, 0), Redact("?", 1, 0, 0, "x")])
async def test_what_makes_no_sense_leaves_no_trace(table: Table, edit: Retext | Split | Redact) -> None:
    (line,) = await heard(table, "satu dua")
    with pytest.raises(RecordError):
        await table.make(replace(edit, line=line.id))
    assert await table.history(line.id) == []
    assert (await table.lines())[line.id].version == 1


async def test_an_edit_that_changes_nothing_is_kept_and_is_no_news(table: Table) -> None:
    (line,) = await heard(table, "satu dua")
    async with table.sessions() as session:
        before = await changes.newest(session, MEETING)
    done = await table.make(Retext(line.id, 1, "satu  dua"))
    assert (done.lines, done.change) == ((), before)
    assert (await table.lines())[line.id].version == 1
