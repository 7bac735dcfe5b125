"""What endpoints work with, made once by `app.py` and found in `app.state.services`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import FastAPI
from starlette.requests import HTTPConnection

from media.lag import LagMeter
from minutes.search.fts5 import Fts5Index
from server.archive.doubting import Shelf
from server.auth.invitations import Invitations
from server.auth.throttle import Throttle
from server.db import Sessions
from server.directory.importing.desk import Desk
from server.editing.desks import Desks
from server.editing.editing import Editing
from server.followups.files import Files
from server.followups.reminding import Reminders
from server.mediation import MediaKeeper
from server.notulas.parts import Notulas
from server.printing.printer import Printer
from server.revising import Revising
from server.rooms.registry import Registry
from server.scribing import Scribing
from server.settings import Settings
from server.signalling.texts import Texts
from server.sound.keeper import SoundKeeper
from server.uploads.keeper import Uploads


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    sessions: Sessions
    index: Fts5Index
    shelf: Shelf
    editing: Editing
    desks: Desks
    notulas: Notulas
    invitations: Invitations
    throttle: Throttle
    media: MediaKeeper
    scribing: Scribing
    revising: Revising | None
    rooms: Registry
    uploads: Uploads
    sound: SoundKeeper
    printer: Printer
    tables: Desk
    evidence: Files
    reminders: Reminders
    texts: Texts
    lag: LagMeter
    now: Callable[[], datetime]


def services_of(connection: HTTPConnection) -> Services:
    app: FastAPI = connection.app
    services: Services = app.state.services
    return services
