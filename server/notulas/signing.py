"""Two persons sign, each with their password; the second signature seals, and binds whoever is to follow it up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula import journal, sealing, versions, workflow
from minutes.notula.sealing import METHOD
from minutes.notula.versions import Doing
from server.auth import passwords
from server.auth.identity import Identity
from server.auth.models import Person
from server.auth.throttle import MOST_FAILURES, Throttle
from server.db import Sessions
from server.errors import Conflict, TooManyAttempts, WrongPassword
from server.notulas.approving import told
from server.notulas.cases import Case, done, load
from server.notulas.ports import FollowUps
from server.notulas.schemas import NotulaOut


@dataclass(frozen=True, slots=True)
class Signing:
    sessions: Sessions
    key: Ed25519PrivateKey
    follow_ups: FollowUps
    throttle: Throttle

    async def sign(self, meeting: str, password: str, sha256: str, who: Identity, now: datetime) -> NotulaOut:
        """Raises `Forbidden`, `Conflict`, `WrongPassword`, `TooManyAttempts`. `sha256`: of what was shown."""
        async with self.sessions() as session:
            _signable(await load(session, meeting, who, now), sha256)  # before a password is looked at
        await self._recognise(password, who, now)
        async with self.sessions.begin() as session:
            await versions.lock(session)
            case = await load(session, meeting, who, now)
            _signable(case, sha256)
            await self._sign(session, case)
            await session.flush()
            return await told(await load(session, meeting, who, now))

    async def _recognise(self, password: str, who: Identity, now: datetime) -> None:
        """As strictly as at the door."""
        key, at = f"sign:{who.id}", now.timestamp()
        if not self.throttle.tried({key: MOST_FAILURES}, at):
            raise TooManyAttempts
        async with self.sessions() as session:
            person = await session.get(Person, who.id)
        try:
            right = await passwords.verify(password, person.password_hash if person is not None else None)
        except TooManyAttempts:  # nobody looked at it
            self.throttle.take_back(key, at)
            raise
        if not right:
            raise WrongPassword("Kata sandi tidak cocok. Notula belum ditandatangani.", code="wrong_password")
        self.throttle.succeeded(key)

    async def _sign(self, session: AsyncSession, case: Case) -> None:
        duty = workflow.signs_as(case.standing, case.duties, case.who.id)
        details = {"duty": duty, "sha256": case.row.sha256, "method": METHOD}
        last = duty == workflow.SIGNERS[-1]
        if last:
            await self._seal(session, case, details)
        await done(session, case, case.row, Doing("sign", "signed" if last else "approved", details=details))
        if last:
            await self.follow_ups.take(session, case.full.meeting, versions.content(case.row), case.now)

    async def _seal(self, session: AsyncSession, case: Case, last: Mapping[str, Any]) -> None:
        """Before the move is noted: of a version that is signed the database lets nothing change but its state."""
        row, by = case.row, case.by
        assert row.approved is not None
        own = journal.signatures(journal.of_version(case.moves, row.number))
        signed = [
            sealing.signature(duty, each.by_name, each.by_position, each.at, each.details["sha256"])
            for duty, each in own.items()
        ]
        signed.append(sealing.signature(last["duty"], by.name, by.position, by.at, last["sha256"]))
        document = sealing.seal(json.loads(row.approved), signed, self.key)
        await versions.keep_sealed(session, row, document, case.sealed[-1].sha256 if case.sealed else None, by.at)
        for before in case.rows[:-1]:
            if before.state in ("signed", "archived"):
                before.state = "amended"


def _signable(case: Case, sha256: str) -> None:
    """Raises `Forbidden`, `Conflict`: not now, not them, or not what they were shown."""
    case.step("sign")
    if case.row.sha256 != sha256:
        raise Conflict(
            "Naskah yang disetujui bukan lagi yang ditampilkan kepada Anda. Muat ulang, baca, lalu tandatangani.",
            code="notula_changed",
        )
