"""An utterance as it is kept: written as the record writes, with what was heard beside every word written otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from minutes.language.citations import cited
from minutes.language.writing import Piece, pieces
from minutes.speech.ports import Utterance, Word


@dataclass(frozen=True, slots=True)
class Wording:
    """`words`: {text, start, end, probability}, and `heard` where it was heard otherwise. `citations`: as in
    `minutes.language.citations`, of the regulations that `text` names."""

    text: str
    words: list[dict[str, Any]]
    citations: list[dict[str, Any]]


def worded(said: Utterance) -> Wording:
    """Without words there are no times to keep what was heard beside: then the text stays as it was heard."""
    words = [_written(piece, said.words) for piece in pieces([word.text for word in said.words])]
    text = " ".join(word["text"] for word in words).strip() or said.text.strip()
    return Wording(text, words, [asdict(citation) for citation in cited(text)])


def _written(piece: Piece, heard: Sequence[Word]) -> dict[str, Any]:
    """A piece is as doubtful as its most doubtful word."""
    words = heard[piece.first : piece.end]
    written: dict[str, Any] = {
        "text": piece.text,
        "start": words[0].start,
        "end": words[-1].end,
        "probability": min(word.probability for word in words),
    }
    said = " ".join(word.text for word in words)
    return written if said == piece.text else {**written, "heard": said}
