"""What a rule of writing is: it looks at the words from one place on and says how some of them are written. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minutes.language.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Found:
    """The words up to `end` are written `text`, without what stands around them."""

    end: int
    text: str


Rule = Callable[[Tokens, int], Found | None]
