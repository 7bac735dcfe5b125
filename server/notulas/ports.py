"""What the approval of notulas asks of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula.content import Content
from server.meetings.models import Meeting


class Papers(Protocol):
    async def printed(self, meeting: str, sealed_json: bytes) -> Mapping[str, bytes]:
        """The files of a sealed notula by their names, `notula.pdf` and `notula.docx`. Raises `RakorError`."""
        ...


class FollowUps(Protocol):
    """In the transaction of who signs or revokes."""

    async def take(self, session: AsyncSession, meeting: Meeting, content: Content, now: datetime) -> None: ...
    async def revoke(self, session: AsyncSession, meeting: Meeting, now: datetime) -> None: ...
