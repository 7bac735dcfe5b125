"""Verification for everybody, without sign-in: by the code on the paper, or by the file itself."""

from __future__ import annotations

from fastapi import APIRouter, Request

from server.auth.endpoints import address_of
from server.auth.throttle import MOST_FROM_ADDRESS
from server.deps import Wired
from server.errors import Busy, TooManyAttempts
from server.notulas.body import body
from server.notulas.schemas import FileOut, VerificationOut
from server.services import Services

router = APIRouter(prefix="/api/v1/verification", tags=["Verifikasi"])
MOST_BYTES = 32 << 20
MOST_FILES = 20  # from one address in five minutes
FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}


@router.get("/{code}", summary="Verifikasi kode")
async def code(code: str, request: Request, services: Wired) -> VerificationOut:
    """What the code belongs to: title, date, host, state, digest, who signed. 404 `unknown_code`."""
    _throttled(services, f"verify:{address_of(request)}", MOST_FROM_ADDRESS)
    return await services.notulas.verifying.code(code)


@router.post("", summary="Verifikasi berkas", openapi_extra=FILE)
async def file(request: Request, services: Wired) -> FileOut:
    """The body is the file, PDF, DOCX or JSON, at most 32 MB. It is compared and not kept."""
    _throttled(services, f"verify-file:{address_of(request)}", MOST_FILES)
    if services.notulas.verifying.places.locked():
        raise Busy
    async with services.notulas.verifying.places:
        return await services.notulas.verifying.file(await body(request, MOST_BYTES))


def _throttled(services: Services, key: str, most: int) -> None:
    """Every question counts: nobody tries codes."""
    if not services.throttle.tried({key: most}, services.now().timestamp()):
        raise TooManyAttempts
