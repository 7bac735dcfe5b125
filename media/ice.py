"""ICE-lite for one peer (RFC 8445 section 2.5, RFC 8489): answers checks, follows nominations, watches consent. Pure.

An ICE-lite side never sends checks. Consent (RFC 7675) is therefore the other side's: it ends 30 s after the last
authenticated check. Packets are welcome from every address that has passed a check lately; what we send goes to the
address nominated last.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from aioice import stun

Address = tuple[str, int]
CONSENT_S = 30.0
MOST_ADDRESSES = 8
MOST_STUN_BYTES = 1_200


@dataclass(frozen=True, slots=True)
class Credentials:
    """RFC 8445 section 5.3: at least 24 bits in the fragment and 128 in the password."""

    ufrag: str = field(default_factory=lambda: secrets.token_hex(6))
    password: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Check:
    """A binding request that is well formed; its integrity is not yet known."""

    ufrag: str
    nominates: bool
    message: stun.Message


def parse_check(data: bytes) -> Check | None:
    """Read a binding request; None for whatever else came, however broken."""
    if len(data) > MOST_STUN_BYTES:
        return None
    try:
        message = stun.parse_message(data)
    except (ValueError, struct.error, IndexError, UnicodeDecodeError, KeyError):
        return None
    username = message.attributes.get("USERNAME")
    binding = message.message_method == stun.Method.BINDING and message.message_class == stun.Class.REQUEST
    if not binding or not isinstance(username, str):
        return None
    return Check(username.split(":")[0], "USE-CANDIDATE" in message.attributes, message)


class IceLite:
    """One peer's side. `address` is where to send; None until the first check has passed."""

    def __init__(self) -> None:
        self.local = Credentials()
        self.address: Address | None = None
        self._former: Credentials | None = None
        self._seen: dict[Address, float] = {}
        self._checked: float | None = None

    @property
    def ufrags(self) -> tuple[str, ...]:
        """The fragments by which checks for this peer may come now."""
        return (self.local.ufrag,) if self._former is None else (self.local.ufrag, self._former.ufrag)

    @property
    def addresses(self) -> Iterable[Address]:
        return self._seen.keys()

    def restart(self) -> Credentials:
        """New credentials (RFC 8445 section 9); the old ones hold until a new path is nominated."""
        self._former, self.local = self.local, Credentials()
        return self.local

    def on_check(self, check: Check, source: Address, now: float) -> bytes | None:
        """The answer to send back, None when the check is not authentic. May move `address` and add to `addresses`."""
        held = self._credentials(check.ufrag)
        if held is None or not _authentic(check.message, held.password):
            return None
        self._checked = now
        self._remember(source, now)
        if self.address is None or (check.nominates and held is self.local):
            self.address = source
        if check.nominates and held is self.local:
            self._former = None
        return _response(check.message, source, held.password)

    def expired(self, now: float) -> bool:
        """True 30 s after the last authentic check; a peer never checked expires by its owner's patience."""
        return self._checked is not None and now - self._checked > CONSENT_S

    def _credentials(self, ufrag: str) -> Credentials | None:
        return next((each for each in (self.local, self._former) if each is not None and each.ufrag == ufrag), None)

    def _remember(self, source: Address, now: float) -> None:
        self._seen.pop(source, None)
        self._seen[source] = now
        for address, seen in list(self._seen.items()):
            aged = now - seen > CONSENT_S or len(self._seen) > MOST_ADDRESSES
            if aged and address not in (source, self.address):
                del self._seen[address]


def _authentic(message: stun.Message, password: str) -> bool:
    try:
        return "MESSAGE-INTEGRITY" in message.attributes and message.check_message_integrity(password.encode())
    except ValueError:
        return False


def _response(request: stun.Message, source: Address, password: str) -> bytes:
    response = stun.Message(
        message_method=stun.Method.BINDING,
        message_class=stun.Class.RESPONSE,
        transaction_id=request.transaction_id,
    )
    response.attributes["XOR-MAPPED-ADDRESS"] = source
    response.add_message_integrity(password.encode())
    response.add_fingerprint()
    return bytes(response)
