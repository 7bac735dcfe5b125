from __future__ import annotations

import pytest

from tests.wer import wer


@pytest.mark.parametrize(
    ("reference", "hypothesis", "rate"),
    [
        ("Rapat dibuka.", "rapat, dibuka", 0.0),
        ("satu dua tiga empat", "satu dua empat", 0.25),
        ("satu dua tiga empat", "satu dua dua tiga empat", 0.25),
        ("satu dua tiga empat", "satu dua lima empat", 0.25),
        ("tindak-lanjut", "tindak lanjut", 0.0),
        ("satu", "dua tiga", 2.0),
        ("", "", 0.0),
        ("satu", "", 1.0),
    ],
)
def test_word_error_rate(reference: str, hypothesis: str, rate: float) -> None:
    assert wer(reference, hypothesis) == rate
