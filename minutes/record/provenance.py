"""By what lines were heard, so that a court can have them heard again."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record.models import HeardBy
from minutes.speech.ports import Recognition


def named(by: Recognition, prompt: str) -> HeardBy:
    """The same recognition with the same prompt has the same id."""
    parts = [by.engine, by.model, by.weights, by.options, prompt]
    id = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
    options = json.loads(by.options)
    return HeardBy(id=id, engine=by.engine, model=by.model, weights=by.weights, options=options, prompt=prompt)


async def keep(session: AsyncSession, by: Recognition, prompt: str) -> str:
    """Its id, in the caller's transaction."""
    row = named(by, prompt)
    if await session.get(HeardBy, row.id) is None:
        session.add(row)
        await session.flush()
    return row.id
