"""RFC 8785, and that bytes which only read alike are not taken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.notula.canonical import LARGEST, NotCanonical, canonical, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def test_keys_stand_in_the_order_of_their_utf_16() -> None:
    """The example of RFC 8785, 3.2.3."""
    said = {"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One"}
    said |= {"\U0001f600": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}
    order = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]
    assert list(json.loads(canonical(said)).values()) == order


def test_texts_are_written_as_rfc_8785_says() -> None:
    """3.2.2.2: the string of its example."""
    said = '\u20ac$\u000f\nA\'B"\\\\"/'
    assert canonical({"string": said}) == b'{"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, -(2**53), {1: 2}, "\ud800", {"a": {"b": b"x"}}, {1, 2}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@settings(max_examples=40)
@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    assert read(canonical(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b' {"a":1}',
        b'{"a":1}\n',
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":"\\u0041"}',
        b'{"a":NaN}',
        b"\xef\xbb\xbf{}",
        b"\xff",
        b"",
        b"[" * 100_000,
    ],
)
def test_other_bytes_of_the_same_value_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        read(data)
