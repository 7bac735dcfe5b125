"""An upload's bytes, by tus 1.0 (tus.io): the core protocol, with the extensions Expiration and Termination.

`HEAD` says how much is here, `PATCH` appends at that offset, `DELETE` calls it off. Any client of the protocol can be
given the address; an upload is announced in JSON before (`endpoints.py`), since it is a meeting with a title too.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from server.deps import Organiser, Wired
from server.errors import Conflict, Gone, RakorError, TooLarge, UnsupportedMedia, WrongVersion
from server.http import problem
from server.services import Services
from server.uploads import repository
from server.uploads.endpoints import removed
from server.uploads.models import Upload
from server.uploads.schemas import expires_at
from server.uploads.states import State

VERSION = "1.0.0"
CONTENT = "application/offset+octet-stream"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class _Versioned(APIRoute):
    """Every answer says which protocol it speaks, refusals too; other versions are refused."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def versioned(request: Request) -> Response:
            try:
                if request.method != "OPTIONS" and request.headers.get("tus-resumable") != VERSION:
                    raise WrongVersion
                response = await handle(request)
            except RakorError as refusal:
                response = problem(refusal.status, refusal.code, refusal.detail)
            response.headers["Tus-Resumable"] = response.headers["Tus-Version"] = VERSION
            return response

        return versioned


router = APIRouter(prefix="/api/v1/uploads/{upload_id}/file", tags=["Unggahan"], route_class=_Versioned)
Offset = Annotated[int, Header(alias="Upload-Offset", ge=0, le=2**53)]


@router.options("", status_code=204, summary="Kemampuan protokol tus")
async def abilities(services: Wired) -> Response:
    most = str(services.settings.largest_upload)
    return Response(status_code=204, headers={"Tus-Extension": "expiration,termination", "Tus-Max-Size": most})


@router.head("", summary="Seberapa banyak yang sudah diterima")
async def offset(upload_id: str, who: Organiser, services: Wired) -> Response:
    async with services.sessions() as session:
        upload = await repository.theirs(session, upload_id, who)
    if upload.state == State.FAILED:
        raise Gone("Unggahan ini tidak dapat dilanjutkan.")
    receiving = upload.state == State.RECEIVING
    at = services.uploads.receiving.received(upload.id) if receiving else upload.size
    return Response(headers={**_placed(services, upload, at), "Upload-Length": str(upload.size)})


@router.patch("", status_code=204, summary="Kirim bagian berikutnya")
async def append(upload_id: str, at: Offset, who: Organiser, services: Wired, request: Request) -> Response:
    """Whatever came is kept, however the request ends."""
    if request.headers.get("content-type") != CONTENT:
        raise UnsupportedMedia
    async with services.sessions() as session:
        upload = await repository.theirs(session, upload_id, who)
    if upload.state == State.FAILED:
        raise Gone("Unggahan ini tidak dapat dilanjutkan.")
    if upload.state != State.RECEIVING:
        raise Conflict("Semua bagian sudah diterima.", code="upload_over")
    if at + int(request.headers.get("content-length", "0")) > upload.size:
        raise TooLarge("Berkas lebih besar daripada yang diberitahukan.")
    try:
        here = await services.uploads.receiving.append(upload.id, at, upload.size, request.stream())
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    finally:
        if services.uploads.receiving.received(upload.id) > at:
            async with services.sessions.begin() as session:
                await repository.touch(session, upload, services.now())
    if here == upload.size:
        await services.uploads.received(upload)
    return Response(status_code=204, headers=_placed(services, upload, here))


@router.delete("", status_code=204, summary="Batalkan unggahan lewat tus")
async def terminate(upload_id: str, who: Organiser, services: Wired) -> Response:
    await removed(upload_id, who, services)
    return Response(status_code=204)


def _placed(services: Services, upload: Upload, at: int) -> dict[str, str]:
    expires = format_datetime(expires_at(upload, services.settings.upload_days), usegmt=True)
    return {"Upload-Offset": str(at), "Upload-Expires": expires, "Cache-Control": "no-store"}
