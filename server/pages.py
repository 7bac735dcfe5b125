"""The page: its files, and its one document for every address it knows."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, RedirectResponse
from starlette.requests import Request
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.errors import NotFound
from web import DIST

ROUTES = (
    "/masuk",
    "/rapat",
    "/rapat/{meeting}",
    "/rapat/{meeting}/ruang",
    "/arsip",
    "/arsip/{meeting}",
    "/undangan/{token}",
    "/sandi/{token}",
    "/akun",
    "/direktori",
    "/direktori/orang",
    "/direktori/impor",
)


class _Immutable(StaticFiles):
    """Files whose names carry a hash of what they hold: a browser need never ask again."""

    def file_response(self, full_path: str | Path, stat_result: object, scope: Scope, status_code: int = 200):  # type: ignore[no-untyped-def, override]
        response = super().file_response(full_path, stat_result, scope, status_code)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def install(app: FastAPI) -> None:
    router = APIRouter(include_in_schema=False)
    for path in ROUTES:
        router.add_api_route(path, document, methods=["GET", "HEAD"])
    router.add_api_route("/", home, methods=["GET", "HEAD"])
    router.add_api_route("/rakor.svg", icon, methods=["GET", "HEAD"])
    app.include_router(router)
    app.mount("/assets", _Immutable(directory=DIST / "assets", check_dir=False))


async def home() -> RedirectResponse:
    return RedirectResponse("/rapat")


async def document() -> FileResponse:
    """Never cached: it names the newest files."""
    return _file("index.html", "no-cache")


def wanted(request: Request) -> bool:
    """True when a person's browser asks for an address that is nobody's: it gets the page, which says so."""
    return (
        request.method == "GET"
        and not request.url.path.startswith(("/api/", "/assets/"))
        and "text/html" in request.headers.get("accept", "")
    )


def lost() -> FileResponse:
    return _file("index.html", "no-cache", 404)


async def icon() -> FileResponse:
    return _file("rakor.svg", "public, max-age=86400")


def _file(name: str, caching: str, status: int = 200) -> FileResponse:
    if not (DIST / name).is_file():
        raise NotFound("Halaman belum dibangun: jalankan `make setup`.", code="page_not_built")
    return FileResponse(DIST / name, status, headers={"Cache-Control": caching})
