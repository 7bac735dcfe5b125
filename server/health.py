"""Is everything up? For load balancers, Docker and the people who watch."""

from __future__ import annotations

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from server.deps import Wired

router = APIRouter(tags=["Kesehatan"])


class Health(BaseModel):
    status: Literal["ok", "degraded"]
    media: Literal["up", "down"]
    speech: Literal["ready", "starting"] = Field(description="Meetings go on without it: it catches up")
    version: str


@router.get("/healthz", summary="Keadaan peladen", responses={503: {"model": Health}})
async def healthz(services: Wired, response: Response) -> Health:
    """503 while nobody could join a meeting."""
    up = services.media.up
    response.status_code = 200 if up else 503
    return Health(
        status="ok" if up else "degraded",
        media="up" if up else "down",
        speech="ready" if services.scribing.ready else "starting",
        version=version("rakor"),
    )
