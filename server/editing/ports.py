"""What editing asks of whoever approves records."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession


class Sealed(Protocol):
    async def sealed(self, session: AsyncSession, meeting_id: str) -> bool:
        """Whether a notula of the meeting has been approved: then its lines are evidence and stay as they are.

        Asked in the transaction of the edit, under the write lock: an approval comes before it or after it.
        """
        ...


class NeverSealed:
    """Where nobody approves anything."""

    async def sealed(self, session: AsyncSession, meeting_id: str) -> bool:
        return False
