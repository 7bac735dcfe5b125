"""Time-limited credentials of a TURN relay (RFC 8656), as coturn's `use-auth-secret` checks them. Pure.

The relay shares a secret with this server and keeps no accounts: a username carries its own end, and the password
proves that this server wrote it. Whoever is not in a meeting has none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from server.signalling.messages import IceServer


@dataclass(frozen=True, slots=True)
class Turn:
    """`urls` as in RFC 7065 (`turn:`, `turns:`); empty where no relay is installed. `lasts_s`: a credential's life."""

    urls: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)
    lasts_s: float = 12 * 3600

    def servers(self, seat: str, now: float) -> list[IceServer]:
        """What one page is told. `now`: Unix seconds; the relay compares it with its own clock."""
        if not self.urls:
            return []
        username = f"{int(now + self.lasts_s)}:{seat}"
        return [IceServer(urls=list(self.urls), username=username, credential=password(self.secret, username))]


def password(secret: str, username: str) -> str:
    """SHA-1 is the relay's choice; as an HMAC it is sound (RFC 6151 and RFC 6194 tell why)."""
    return base64.b64encode(hmac.digest(secret.encode(), username.encode(), hashlib.sha1)).decode()
