"""Ending the server's parts, one after the other: none keeps the others from ending, and what hangs is named."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine

logger = logging.getLogger(__name__)


async def closed(part: str, closing: Coroutine[object, object, None], within_s: float) -> None:
    """Returns when the part has ended, has failed to, or takes longer: then it is left, as a power cut leaves it."""
    task = asyncio.create_task(closing)
    done, _ = await asyncio.wait({task}, timeout=within_s)
    if not done:
        logger.error("%s did not end within %.0f s and is left:\n%s", part, within_s, _under_way())
        task.cancel()
    elif not task.cancelled() and (error := task.exception()) is not None:
        logger.error("%s did not end well", part, exc_info=error)


def _under_way() -> str:
    """Where every task stands."""
    stands = []
    for task in asyncio.all_tasks():
        frames = [f"{frame.f_code.co_filename}:{frame.f_lineno}" for frame in task.get_stack()]
        stands.append(f"  {task.get_coro()!r} at {' < '.join(frames)}")
    return "\n".join(stands)
