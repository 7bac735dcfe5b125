from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers.pre_tokenizers import ByteLevel

from minutes.speech.engines.tokens import SPACE, latin, vocabulary
from minutes.speech.engines.weights import base_weights

LATIN = st.characters(max_codepoint=0x24F)
OTHERS = st.sampled_from("ɐ\u0301ӘжяΩλ中文あ한عש๑😀")
LISTED = ["!", "Ġdan", "\u2028", "\x85", "\r", "<|endoftext|>"]  # some would end a line for `splitlines`


def as_bytes(text: str) -> str:
    """As the tokenizer's own library writes them."""
    return "".join(piece for piece, _ in ByteLevel(add_prefix_space=False, use_regex=False).pre_tokenize_str(text))


def test_a_list_is_plain_or_json(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.txt").write_bytes("".join(f"{each}\n" for each in LISTED).encode())
    assert vocabulary(tmp_path) == ("vocabulary.txt", LISTED)
    (tmp_path / "vocabulary.txt").write_bytes("\n".join(LISTED).encode())
    assert vocabulary(tmp_path) == ("vocabulary.txt", LISTED)
    (tmp_path / "vocabulary.json").write_text(json.dumps(LISTED[::-1]))
    assert vocabulary(tmp_path) == ("vocabulary.json", LISTED[::-1])


def test_no_list_is_found_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        vocabulary(tmp_path)


def test_the_base_model_lists_what_its_tokenizer_knows(data: Path) -> None:
    directory = base_weights(data)
    _, listed = vocabulary(directory)
    known = json.loads((directory / "tokenizer.json").read_text())["model"]["vocab"]
    assert len(listed) == 51_865
    assert all(listed[number] == token for token, number in known.items())
    kept = sum(map(latin, listed[:50_257]))
    assert 30_000 < kept < 48_000


@given(st.text(LATIN, min_size=1))
def test_latin_script_is_kept(text: str) -> None:
    assert latin(as_bytes(text))


@given(st.text(LATIN), OTHERS, st.text(LATIN))
def test_one_letter_of_another_script_is_too_much(before: str, other: str, behind: str) -> None:
    assert not latin(as_bytes(before + other + behind))


def test_every_single_byte_is_kept() -> None:
    alphabet = ByteLevel.alphabet()
    assert len(alphabet) == 256
    assert all(map(latin, alphabet))
    assert as_bytes(" ") == SPACE


@pytest.mark.parametrize("token", ["日", "Ġ日", "ÃÃ", "Ð¾Ð"])
def test_what_is_no_text_in_bytes_is_left_out(token: str) -> None:
    assert not latin(token)
