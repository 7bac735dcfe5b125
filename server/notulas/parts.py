"""The parts of a notula's way, made once with what they ask of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from minutes.notula.keys import private_key
from server.auth.throttle import Throttle
from server.db import Sessions
from server.notulas.approving import Approving
from server.notulas.keeping import Keeping
from server.notulas.papers import SealedPapers
from server.notulas.ports import FollowUps
from server.notulas.recordings import Digests
from server.notulas.signing import Signing
from server.notulas.verifying import Verifying
from server.printing.printer import Printer
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Notulas:
    approving: Approving
    signing: Signing
    keeping: Keeping
    verifying: Verifying


def make(
    settings: Settings,
    sessions: Sessions,
    follow_ups: FollowUps,
    throttle: Throttle,
    printer: Printer,
    now: Callable[[], datetime],
) -> Notulas:
    """Makes the key that seals where there is none. Blocking. Raises `BadKey`."""
    key = private_key(settings.data.resolve())
    papers = SealedPapers(printer, key, settings.public_url)
    return Notulas(
        approving=Approving(sessions, Digests(settings.recordings), follow_ups),
        signing=Signing(sessions, key, follow_ups, throttle),
        keeping=Keeping(sessions, papers, settings.data.resolve() / "notulas", now),
        verifying=Verifying(sessions, key.public_key()),
    )
