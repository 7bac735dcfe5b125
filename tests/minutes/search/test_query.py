"""Anything may be typed; what can be looked for is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.search.highlight import highlight, snippet
from minutes.search.query import EmptyQuery, Query, Term, parse
from minutes.search.ranking import score

LINE = "Tentang penyelesaian pelanggaran administrasi dan sengketa tata usaha negara pemilihan."


def test_words_and_quoted_phrases_are_told_apart() -> None:
    query = parse("menyelesaikan “tata usaha negara” sengketa ")
    assert [term.surface for term in query.terms] == ["menyelesaikan", "sengketa"]
    assert query.phrases == (("tata", "usaha", "negara"),)


def test_the_word_being_typed_is_a_prefix() -> None:
    assert parse("sengketa pelang").terms[-1].prefix
    assert not parse("sengketa pelanggaran ").terms[-1].prefix
    assert not parse("di").terms[-1].prefix


@pytest.mark.parametrize("text", ["", "  ", '""', "— !", "'", "“”"])
def test_nothing_to_look_for_is_said_so(text: str) -> None:
    with pytest.raises(EmptyQuery):
        parse(text)


@given(st.text(max_size=500))
def test_every_text_is_a_query_or_empty(text: str) -> None:
    try:
        query = parse(text)
    except EmptyQuery:
        return
    for term in query.terms:
        assert term.surface.isalnum()
        assert term.surface.isascii()


@given(st.text(max_size=600), st.text(min_size=1, max_size=20))
def test_highlighted_pieces_are_the_text(text: str, typed: str) -> None:
    try:
        query = parse(typed)
    except EmptyQuery:
        query = Query((Term("a", "a"),), ())
    assert "".join(piece.text for piece in highlight(text, query)) == text
    shown = "".join(piece.text for piece in snippet(text, query)).removeprefix("… ").removesuffix(" …")
    assert shown in text


def test_stem_hits_are_marked() -> None:
    hits = [piece.text for piece in highlight(LINE, parse("menyelesaikan sengketa")) if piece.hit]
    assert hits == ["penyelesaian", "sengketa"]


def test_a_phrase_is_marked_only_where_it_stands_whole() -> None:
    hits = [
        piece.text for piece in highlight("Tata usaha. Tata usaha negara.", parse('"tata usaha negara"')) if piece.hit
    ]
    assert hits == ["Tata", "usaha", "negara"]


def test_a_snippet_shows_where_the_hits_are() -> None:
    text = "awal " * 100 + "penyelesaian sengketa " + "akhir " * 100
    pieces = snippet(text, parse("sengketa"))
    assert any(piece.hit and piece.text == "sengketa" for piece in pieces)
    assert len("".join(piece.text for piece in pieces)) < 260
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")


def test_surface_ranks_above_stem_and_near_above_far() -> None:
    query = parse("penyelesaian sengketa ")
    exact = score(query, ["penyelesaian", "sengketa"])
    apart = score(query, ["penyelesaian", "pelanggaran", "dan", "sengketa"])
    other = score(query, ["menyelesaikan", "sengketa"])
    missing = score(query, ["sengketa"])
    assert exact < apart < other < missing
