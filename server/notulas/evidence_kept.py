"""Whether a meeting's lines are evidence: what editing asks (`server.editing.ports.Sealed`)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula import versions
from minutes.notula.workflow import EVIDENCE


class Approved:
    """From approval until the notula is sent back or an amendment is opened."""

    async def sealed(self, session: AsyncSession, meeting_id: str) -> bool:
        row = await versions.newest(session, meeting_id)
        return row is not None and row.state in EVIDENCE
