"""What a person typed, understood. Pure. Any text is a query or `EmptyQuery`; none is a syntax error."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.search.analysis import tokens
from minutes.search.stemmer import stem

MOST_CHARACTERS = 400
MOST_TERMS = 16
SHORTEST_PREFIX = 3
_QUOTED = re.compile(
    '["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]*)["\u201c\u201d\u201e\u00ab\u00bb]'
)


class EmptyQuery(ValueError):
    """Nothing in the text could be looked for."""

    code = "empty_query"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, found by itself or by its stem; a `prefix` also finds words that begin with it."""

    surface: str
    stem: str
    prefix: bool = False

    def matches(self, token: str) -> bool:
        return token == self.surface or stem(token) == self.stem or (self.prefix and token.startswith(self.surface))


@dataclass(frozen=True, slots=True)
class Query:
    """Words to be found in any form, and phrases to be found exactly as they stand."""

    terms: tuple[Term, ...]
    phrases: tuple[tuple[str, ...], ...]


def parse(text: str) -> Query:
    """Read what was typed; the word still being typed, the last, is also a prefix. Raises `EmptyQuery`."""
    text = text[:MOST_CHARACTERS]
    phrases = [tuple(token.text for token in tokens(match[1])) for match in _QUOTED.finditer(text)]
    rest = _QUOTED.sub(" ", text)
    words = list(dict.fromkeys(token.text for token in tokens(rest)))[:MOST_TERMS]
    typing = bool(rest) and not rest[-1].isspace()
    terms = tuple(
        Term(word, stem(word), typing and word == words[-1] and len(word) >= SHORTEST_PREFIX) for word in words
    )
    kept = tuple(dict.fromkeys(phrase[:MOST_TERMS] for phrase in phrases if phrase))[:MOST_TERMS]
    if not terms and not kept:
        raise EmptyQuery("nothing to look for")
    return Query(terms, kept)
