"""HTTP around the endpoints: errors as problem+json, the Origin check, security headers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minutes.record.errors import RecordError
from minutes.search.fts5 import BadCursor
from minutes.search.query import EmptyQuery
from server import pages, record_errors
from server.errors import BadOrigin, RakorError
from server.rooms.state import Refused

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(self), display-capture=(self), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
logger = logging.getLogger(__name__)


class Problem(BaseModel):
    """RFC 9457. `code` is stable; `detail` is for people."""

    title: str
    status: int
    code: str = Field(examples=["not_found"])
    detail: str


def problem(status: int, code: str, detail: str, more: Mapping[str, object] | None = None) -> JSONResponse:
    """`more`: extension members, which may not take the place of the others."""
    body = Problem(title=detail, status=status, code=code, detail=detail)
    return JSONResponse({**(more or {}), **body.model_dump()}, status, media_type="application/problem+json")


def install(app: FastAPI, public_url: str) -> None:
    """Errors and headers of the whole application."""
    app.add_middleware(_Guard, public_url=public_url)
    app.add_exception_handler(RakorError, _rakor_error)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RecordError, _record_error)
    app.add_exception_handler(EmptyQuery, _search_error)
    app.add_exception_handler(BadCursor, _search_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _internal)


def same_origin(connection: HTTPConnection, public_url: str) -> bool:
    """True when a browser says that our own page asks (Fetch standard, `Origin`)."""
    origin = connection.headers.get("origin", "")
    if public_url:
        return origin == public_url.rstrip("/")
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == connection.headers.get("host")


async def _rakor_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RakorError)
    return problem(error.status, error.code, error.detail, error.more)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return problem(403 if error.code == "forbidden" else 409, error.code, error.detail)


async def _record_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RecordError)
    found = record_errors.of(error)
    return problem(found.status, found.code, found.detail)


async def _search_error(_: Request, error: Exception) -> JSONResponse:
    code = str(getattr(error, "code", "bad_request"))
    empty = "Tulis sedikitnya satu kata yang dicari."
    return problem(422, code, empty if code == "empty_query" else "Halaman hasil ini tidak ada.")


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return problem(422, "validation", f"{place}: {first['msg']}")


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and pages.wanted(request):
        return pages.lost()
    codes = {404: "not_found", 405: "method_not_allowed"}
    return problem(error.status_code, codes.get(error.status_code, "http"), str(error.detail))


async def _internal(_: Request, error: Exception) -> JSONResponse:
    logger.error("an endpoint failed", exc_info=error)
    return problem(500, "internal", "Kesalahan pada peladen. Coba lagi.")


class _Guard:
    """Refuses unsafe requests from other pages, and puts the security headers on everything."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app, self._public_url = app, public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        if scope["method"] not in SAFE and not same_origin(HTTPConnection(scope), self._public_url):
            refusal = problem(BadOrigin.status, BadOrigin.code, BadOrigin.title)
            await refusal(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)
