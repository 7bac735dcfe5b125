"""The one composition root: every part is made here and introduced to the others."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI

from media.intake import process as intake
from media.lag import LagMeter
from media.process import ProcessPlane
from minutes.language.frequencies import shares
from minutes.search.fts5 import Fts5Index
from minutes.speech.client import SpeechWorker
from server import health, http, monitoring, pages
from server.archive import endpoints as archive
from server.archive.doubting import Shelf
from server.attendance import endpoints as attendance
from server.auth import endpoints as auth
from server.auth import password_endpoints
from server.auth.invitations import Invitations
from server.auth.throttle import Throttle
from server.closing import closed
from server.db import Sessions, make_engine, make_sessions
from server.directory import endpoints as directory
from server.directory import people_endpoints
from server.directory.importing import endpoints as importing
from server.directory.importing.desk import Desk
from server.documents import endpoints as documents
from server.editing import endpoints as editing
from server.editing import socket as reviewing
from server.editing.desks import Desks
from server.editing.editing import Editing
from server.followups import endpoints as followups
from server.followups import evidence_endpoints, taking
from server.followups.files import Files
from server.followups.reminding import Reminders
from server.mediation import MediaKeeper
from server.meetings import endpoints as meetings
from server.notulas import endpoints as notulas
from server.notulas import parts as notula_parts
from server.notulas import verification_endpoints as verification
from server.notulas.evidence_kept import Approved
from server.numbering import endpoints as numbering
from server.printing.printer import Printer
from server.proceedings import endpoints as proceedings
from server.revising import Revising
from server.rooms.registry import Registry
from server.rooms.store import DatabaseStore
from server.scribing import Scribing
from server.services import Services
from server.settings import Settings
from server.signalling import endpoint as signalling
from server.signalling.texts import Texts
from server.sound import endpoints as sound
from server.sound import transcripts as transcript_files
from server.sound.keeper import SoundKeeper
from server.transcripts import DatabaseRecord
from server.uploads import endpoints as uploads
from server.uploads import tus
from server.uploads.keeper import Uploads
from server.uploads.receiving import Receiving

TICK_S = 1.0
CLOSE_S = 5.0  # for a part that has nothing to write any more
WRITE_S = 35.0  # for the media process, which writes what it holds of recordings and is ended after 30 s
KEY_BYTES = 32
ABOUT = "Rapat koordinasi daring, dari mikrofon sampai catatan yang dapat dicari."
logger = logging.getLogger(__name__)


def create_app(settings: Settings) -> FastAPI:
    """The application for a migrated database. Processes are started and ended by its lifespan."""
    app = FastAPI(
        title="Rakor",
        description=ABOUT,
        version=version("rakor"),
        lifespan=_lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    for part in (
        auth,
        password_endpoints,
        directory,
        people_endpoints,
        importing,
        meetings,
        uploads,
        tus,
        archive,
        sound,
        transcript_files,
        editing,
        reviewing,
        proceedings,
        attendance,
        followups,
        evidence_endpoints,
        notulas,
        verification,
        documents,
        numbering,
        signalling,
        health,
        monitoring,
    ):
        app.include_router(part.router)
    pages.install(app)
    http.install(app, settings.public_url)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    engine = make_engine(settings.database_url)
    services = app.state.services = _introduce(settings, make_sessions(engine))
    await services.rooms.restore()
    await asyncio.to_thread(shares)  # a third of a second, of which the first line would rob all voices
    await services.scribing.run(services.rooms)
    await services.media.run(services.rooms, services.scribing)
    await services.uploads.run()
    services.reminders.run()
    services.notulas.keeping.print_soon()
    going_on = [asyncio.create_task(each) for each in (_tick(services), monitoring.measure(services))]
    try:
        yield
    finally:
        for task in going_on:
            task.cancel()
        await _close(services)
        await closed("the database", engine.dispose(), CLOSE_S)


async def _close(services: Services) -> None:
    if services.revising is not None:
        await closed("the second hearing", services.revising.close(), CLOSE_S)
    services.tables.close()
    await closed("reminders", services.reminders.close(), CLOSE_S)
    await closed("the papers of notulas", services.notulas.keeping.close(), CLOSE_S)
    await closed("the mixing of sound", services.sound.close(), CLOSE_S)
    await closed("uploads", services.uploads.close(), CLOSE_S)
    await closed("media", services.media.close(), WRITE_S)
    await closed("transcription", services.scribing.close(), CLOSE_S)


def _introduce(settings: Settings, sessions: Sessions) -> Services:
    index = Fts5Index()

    async def start_media() -> ProcessPlane:
        return await ProcessPlane.start(settings.media)

    media = MediaKeeper(start_media)
    worker = settings.worker  # once: another model is used from the next start on
    desks = Desks(time.monotonic)
    record = DatabaseRecord(sessions, index, desks.changed)
    scribing = Scribing(
        record,
        lambda: SpeechWorker(worker),
        settings.speech_workers,
        settings.recordings,
        time.monotonic,
    )
    store = DatabaseStore(sessions, _utc_now)
    throttle, printer = Throttle(), Printer()
    return Services(
        settings=settings,
        sessions=sessions,
        index=index,
        shelf=Shelf(),
        editing=Editing(sessions, index, Approved(), desks),
        desks=desks,
        invitations=Invitations(secret_key(settings.data)),
        throttle=throttle,
        media=media,
        scribing=scribing,
        revising=_second_hearing(settings, record, scribing),
        uploads=Uploads(
            sessions,
            Receiving(settings.uploads),
            settings.recordings,
            scribing,
            intake.take,
            settings.upload_days,
            _utc_now,
        ),
        sound=SoundKeeper(settings.mixed),
        printer=printer,
        notulas=notula_parts.make(settings, sessions, taking, throttle, printer, _utc_now),
        tables=Desk(),
        evidence=Files(settings.evidence),
        reminders=Reminders(sessions, settings.post, _utc_now),
        texts=Texts(),
        rooms=Registry(store, media, scribing, settings.plan, settings.recordings, time.time, settings.turn),
        lag=LagMeter(monitoring.LAG_EVERY_S),
        now=_utc_now,
    )


def _second_hearing(settings: Settings, record: DatabaseRecord, scribing: Scribing) -> Revising | None:
    if not settings.second_hearing:
        return None
    worker = settings.second_worker
    return Revising(record, lambda: SpeechWorker(worker), settings.recordings, lambda: scribing.idle)


async def _tick(services: Services) -> None:
    while True:
        await asyncio.sleep(TICK_S)
        try:
            await services.rooms.tick()
            services.scribing.tick()
            await services.uploads.tick()
            if services.revising is not None:
                await services.revising.tick()
        except Exception:
            logger.exception("the server's second hand stumbled")


def secret_key(data: Path) -> bytes:
    """The key that signs invitations: made once, kept readable for its owner only. Blocking.

    Raises `RuntimeError` for a file too short to be one: with an empty key anybody could sign.
    """
    file = data / "secret.key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        _keep(file, secrets.token_bytes(KEY_BYTES))
    key = file.read_bytes()
    if len(key) < KEY_BYTES:
        raise RuntimeError(
            f"{file} is damaged: {len(key)} bytes, not {KEY_BYTES}. Put it back from a backup, or remove it and start "
            "again: a new key is made, and invitations already sent are no longer good"
        )
    return key


def _keep(file: Path, content: bytes) -> None:
    """The name exists only when all of the content is on disk: a power cut leaves the whole file or none."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    new.rename(file)
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _utc_now() -> datetime:
    return datetime.now(UTC)
