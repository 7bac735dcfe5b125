"""Each edit of a line: words that stay keep their times, new ones stand in between, and nothing blackened is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from minutes.record.crosstalk import LONGEST_S
from minutes.record.editing import operations as do
from minutes.record.editing.edits import Check, Merge, Name, Retext, Split, Wanted
from minutes.record.editing.replacing import replaced
from minutes.record.editing.states import State, kept, read, same, spelled
from minutes.record.editing.words import INAUDIBLE, REDACTED, Words
from minutes.record.errors import (
    CannotSplit,
    EmptyText,
    NothingThere,
    OtherRecording,
    OtherSpeaker,
    RedactionStays,
    TooLong,
)


def line(text: str, start: float = 10.0, **changes: Any) -> State:
    """A machine's: a word each half second, of which it speaks for 0.4 s."""
    words: Words = tuple(
        {"text": word, "start": start + at / 2, "end": start + at / 2 + 0.4, "probability": 0.9}
        for at, word in enumerate(text.split())
    )
    made = State("t1", start, words[-1]["end"], text, words, "p1", "Maria", "Anggota", "sole_occupant", "h", False, 3)
    return replace(made, **changes)


def times(state: State) -> list[tuple[str, float, float]]:
    return [(word["text"], word["start"], word["end"]) for word in state.words]


def hands(state: State) -> list[str]:
    return [word["text"] for word in state.words if word.get("by") == "hand"]


def test_a_corrected_word_stands_where_the_wrong_one_was() -> None:
    was = line("kami padoman ini")
    now = do.retexted(was, "kami pedoman ini")
    assert times(now) == [("kami", 10.0, 10.4), ("pedoman", 10.5, 10.9), ("ini", 11.0, 11.4)]
    assert (hands(now), now.words[0], now.edited) == (["pedoman"], was.words[0], True)


def test_two_words_for_one_share_its_time_by_their_length() -> None:
    now = do.retexted(line("kami kekapeu ini"), "kami KPU Kaltara ini")
    assert times(now)[1:3] == [("KPU", 10.5, 10.62), ("Kaltara", 10.62, 10.9)]


def test_a_new_word_takes_the_gap_and_a_word_less_leaves_it() -> None:
    assert times(do.retexted(line("kami ini"), "kami semua ini"))[1] == ("semua", 10.4, 10.5)
    assert times(do.retexted(line("kami eh ini"), "kami ini")) == [("kami", 10.0, 10.4), ("ini", 11.0, 11.4)]
    assert times(do.retexted(line("kami"), "Bapak kami"))[0] == ("Bapak", 10.0, 10.0)


def test_a_word_that_is_written_as_several_stays_whole_or_is_typed_anew() -> None:
    law = {"text": "Pasal 5 ayat (2)", "start": 10.5, "end": 12.5, "probability": 0.7, "heard": "pasal lima ayat dua"}
    was = line("menurut a b c d itu")
    was = replace(was, text="menurut Pasal 5 ayat (2) itu", words=(was.words[0], law, was.words[5]))
    assert law in do.retexted(was, "sesuai Pasal 5 ayat (2) itu").words
    now = do.retexted(was, "menurut Pasal 5 ayat (3) itu")
    assert hands(now) == ["Pasal", "5", "ayat", "(3)"]
    assert (now.words[1]["start"], now.words[4]["end"]) == (10.5, 12.5)


def test_the_same_text_is_no_edit_and_none_is_refused() -> None:
    was = line("kami ini")
    assert do.applied(Retext("a", 3, "  kami   ini "), was, "") == {}
    with pytest.raises(EmptyText):
        do.retexted(was, "  ")
    with pytest.raises(TooLong):
        do.retexted(was, "kata " * 1000)


@pytest.mark.parametrize(
    ("at", "first"), [(5, "satu"), (3, "satu"), (6, "satu"), (7, "satu dua"), (8, "satu dua"), (9, "satu dua")]
)
def test_a_line_is_split_between_words(at: int, first: str) -> None:
    one, two = do.split(line("satu dua tiga"), at)
    assert f"{one.text} {two.text}" == "satu dua tiga"
    assert one.text == first
    assert (one.start, one.end, two.start, two.end) == (10.0, one.words[-1]["end"], two.words[0]["start"], 11.4)


@pytest.mark.parametrize("at", [0, 1, 12, 13, 4000])
def test_a_split_leaves_something_on_both_sides(at: int) -> None:
    with pytest.raises(CannotSplit):
        do.split(line("satu dua tiga"), at)


def test_a_split_counts_from_the_old_line_and_a_merge_ends_the_next() -> None:
    changed = do.applied(Split("a", 3, 5), line("satu dua"), "b")
    assert [(id, state and (state.text, state.version)) for id, state in changed.items()] == [
        ("a", ("satu", 4)),
        ("b", ("dua", 1)),
    ]
    first, second = line("satu"), line("dua", 20.0)
    joined = do.joined(Merge("a", 3, "b", 3), first, second)
    assert joined["b"] is None
    whole = joined["a"]
    assert whole is not None
    assert (whole.text, whole.start, whole.end, whole.version) == ("satu dua", 10.0, 20.4, 4)
    assert whole.words == (*first.words, *second.words)


def test_lines_of_two_people_of_two_recordings_or_of_more_than_a_minute_stay_two() -> None:
    one = line("satu")
    for other, refusal in (
        (line("dua", 20.0, person_name="Sari"), OtherSpeaker),
        (line("dua", 20.0, track_id="t2"), OtherRecording),
        (line("dua", 10.0 + LONGEST_S), TooLong),
    ):
        with pytest.raises(refusal):
            do.merged(one, other)


def test_who_is_named_by_hand_has_no_account() -> None:
    changed = do.applied(Name("a", 3, "Sari Wibowo", "Kasubbag"), line("ya"), "")["a"]
    assert changed is not None
    assert (changed.person_name, changed.person_id, changed.known_by) == ("Sari Wibowo", None, "named_by_hand")
    assert not changed.edited
    assert do.applied(Name("a", 4, "Sari Wibowo", "Kasubbag"), changed, "") == {}


def test_what_is_blackened_is_one_word_as_long_as_what_stood_there() -> None:
    now = do.redacted(line("nomor saya nol delapan satu ya"), 12, 26)  # from within "nol" to within "satu"
    assert now.text == f"nomor saya {REDACTED} ya"
    assert now.words[2] == {"text": REDACTED, "start": 11.0, "end": 12.4, "probability": 1.0, "redacted": True}
    assert "delapan" not in str(kept(now))


def test_what_is_blackened_stays_whatever_is_typed_beside_it() -> None:
    was = do.redacted(line("nama saya Budi dari sana"), 10, 14)
    now = do.retexted(was, f"dari sana {REDACTED} nama saya")
    assert [word for word in now.words if word.get("redacted")] == [was.words[2]]
    assert hands(now) == ["dari", "sana", "nama", "saya"]
    for text in ("nama saya dari sana", f"{REDACTED} {REDACTED}", f"nama saya {REDACTED}, dari sana"):
        with pytest.raises(RedactionStays):
            do.retexted(was, text)
    with pytest.raises(RedactionStays):
        do.inaudible(was, 0, len(was.text))
    assert do.redacted(was, 0, len(was.text)).text == REDACTED


def test_what_is_inaudible_is_said_by_hand() -> None:
    now = do.inaudible(line("satu dua tiga"), 5, 8)
    assert now.text == f"satu {INAUDIBLE} tiga"
    assert times(now)[1] == (INAUDIBLE, 10.5, 10.9)
    assert hands(now) == [INAUDIBLE]


def test_what_was_listened_to_is_marked_once() -> None:
    was = line("satu dua tiga")
    now = do.checked(was, 5, 6)
    assert [bool(word.get("checked")) for word in now.words] == [False, True, False]
    assert (now.text, now.edited) == (was.text, True)
    assert do.applied(Check("a", 4, 5, 8), now, "") == {}


@pytest.mark.parametrize(("start", "end"), [(4, 5), (3, 3), (13, 20), (8, 2)])
def test_a_place_without_a_word_is_none(start: int, end: int) -> None:
    with pytest.raises(NothingThere):
        do.checked(line("satu dua tiga"), start, end)


def test_a_line_without_words_gets_some_when_it_is_touched() -> None:
    was = line("satu dua", words=())
    assert times(spelled(was)) == [("satu", 10.0, 10.514), ("dua", 10.514, 10.9)]
    assert do.redacted(was, 0, 4).text == f"{REDACTED} dua"


@pytest.mark.parametrize(
    ("find", "put", "case", "whole", "text"),
    [
        ("kpu", "KPU RI", False, True, "KPU RI dan KPU RI serta kpud"),
        ("kpu", "KPU", True, False, "KPU dan KPU serta KPUd"),
        ("KPU  dan", "KPU", False, False, "KPU kpu serta kpud"),
        (".", "titik", False, False, "KPU dan kpu serta kpud"),
        ("serta", "", False, False, "KPU dan kpu kpud"),
        ("dan", r"\1\g<0>", False, False, r"KPU \1\g<0> kpu serta kpud"),
    ],
)
def test_what_is_found_is_replaced_as_it_is_written(find: str, put: str, case: bool, whole: bool, text: str) -> None:
    assert replaced("KPU dan kpu serta kpud", Wanted(find, case, whole), put) == text


def test_nothing_blackened_is_found() -> None:
    assert replaced(f"hitam {REDACTED} hitam", Wanted("hitam", False, False), "x") == f"x {REDACTED} x"


def test_a_state_comes_back_from_the_history_as_it_was() -> None:
    was = do.checked(line("satu dua"), 0, 4)
    assert read(kept(was)) == was
    assert same(was, replace(was, version=9))
    assert not same(was, None)
    assert same(None, None)
