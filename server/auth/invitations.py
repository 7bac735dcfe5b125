"""Invitation links: signed, for one meeting, for some days. Nothing is stored until somebody accepts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from server.errors import BadInvitation

LASTS_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Invitation:
    """`guest` is who accepts it, each time the same person: two invitations to one name are two guests."""

    meeting: str
    name: str
    institution: str
    guest: str


class Invitations:
    """`key` must be secret and last over restarts."""

    def __init__(self, key: bytes) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="rakor-invitation")

    def write(self, invitation: Invitation) -> str:
        parts = [invitation.meeting, invitation.name, invitation.institution, invitation.guest]
        return str(self._signer.dumps(parts))

    def read(self, token: str) -> Invitation:
        """Raises `BadInvitation` for a token that is made up, changed or a week old."""
        try:
            meeting, name, institution, guest = self._signer.loads(token, max_age=LASTS_S)
        except (BadData, ValueError, TypeError):
            raise BadInvitation from None
        return Invitation(str(meeting), str(name), str(institution), str(guest))


def new_guest() -> str:
    """The id of a guest whom nobody has invited yet."""
    return "guest-" + secrets.token_hex(8)
