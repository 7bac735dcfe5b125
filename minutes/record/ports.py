"""What the record asks of whoever makes lines findable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record.models import Line


class LineIndex(Protocol):
    """Works within the caller's transaction, so that a line is stored and findable, or neither."""

    def stems(self, text: str) -> str:
        """The stems of a text, separated by spaces."""
        ...

    async def add(self, session: AsyncSession, lines: Sequence[Line]) -> None: ...

    async def remove(self, session: AsyncSession, lines: Sequence[Line]) -> None:
        """Make them unfindable: they go, or are added again in other words."""
        ...
