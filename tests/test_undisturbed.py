"""The judge of disturbed meetings finds what it is for."""

from __future__ import annotations

from dataclasses import replace

from tests.undisturbed import Said, compare

A, B, C = Said("a", 1.0, 5.0, "satu"), Said("a", 7.0, 12.0, "dua"), Said("b", 3.0, 9.0, "tiga")
ALL = [A, B, C]


def test_the_same_is_the_same() -> None:
    verdict = compare(ALL, [C, A, replace(B, start=7.1)])
    assert (verdict.same, verdict.reworded, verdict.lost, verdict.twice, verdict.invented) == (3, (), (), (), ())


def test_a_line_that_is_not_there_is_lost_also_where_another_begins() -> None:
    assert compare(ALL, [A, C]).lost == (B,)
    assert compare(ALL, [A, C, replace(B, start=8.0)]).lost == (B,)


def test_another_persons_line_is_none_of_ones_own() -> None:
    verdict = compare([A], [replace(A, speaker="b")])
    assert (verdict.lost, verdict.invented) == ((A,), (replace(A, speaker="b"),))


def test_what_stands_twice_is_found() -> None:
    assert compare(ALL, [*ALL, replace(B, start=9.0)]).twice == (replace(B, start=9.0),)


def test_a_line_that_was_cut_may_have_other_words_and_no_hole() -> None:
    halves = [replace(B, end=9.0, text="du"), replace(B, start=9.2, text="wa")]
    verdict = compare(ALL, [A, C, *halves])
    assert (verdict.same, verdict.reworded, verdict.lost) == (2, (("dua", "du | wa"),), ())
    assert compare(ALL, [A, C, halves[0], replace(B, start=10.0)]).lost == (B,)


def test_what_nobody_said_is_found() -> None:
    verdict = compare(ALL, [*ALL, Said("a", 20.0, 21.0, "Terima kasih")])
    assert [each.text for each in verdict.invented] == ["Terima kasih"]
