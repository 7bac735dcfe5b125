"""Words of a text with what stands around them. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_PARTS = re.compile(r"([\"'“”‘’(\[.,;:!?…]*)(.*?)([\"'“”‘’)\].,;:!?…]*)", re.DOTALL)
_APOSTROPHES = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True, slots=True)
class Token:
    """`raw` is `lead`, the word and `trail`; `core` is the word to compare with: lower case, plain apostrophes."""

    raw: str
    lead: str
    core: str
    trail: str

    @classmethod
    def of(cls, raw: str) -> Token:
        found = _PARTS.fullmatch(raw)
        assert found is not None  # every string is nothing, anything, nothing
        lead, word, trail = found.groups()
        return cls(raw, lead, word.translate(_APOSTROPHES).casefold(), trail)


# The vocabulary of a meeting is small, and a transcript is read whole.
_token = lru_cache(maxsize=50_000)(Token.of)


class Tokens:
    """A text, word by word. Looking beyond its ends gives empty words, so that rules need no bounds of their own."""

    def __init__(self, words: Sequence[str]) -> None:
        self._tokens = tuple(map(_token, words))

    def __len__(self) -> int:
        return len(self._tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    def __getitem__(self, at: int) -> Token:
        return self._tokens[at]

    def core(self, at: int) -> str:
        return self._tokens[at].core if 0 <= at < len(self._tokens) else ""

    def joined(self, at: int, over: str = "") -> str:
        """The word at `at`, if nothing but characters of `over` separates it from the word before it; else ""."""
        if not 0 < at < len(self._tokens):
            return ""
        between = self._tokens[at - 1].trail + self._tokens[at].lead
        return self._tokens[at].core if not between or all(sign in over for sign in between) else ""

    def raw(self, first: int, end: int) -> str:
        return " ".join(token.raw for token in self._tokens[first:end])

    def phrase(self, at: int, words: Sequence[str]) -> bool:
        """True when exactly these words stand at `at`, with nothing between them."""
        return self.core(at) == words[0] and all(self.joined(at + k) == word for k, word in enumerate(words) if k)
