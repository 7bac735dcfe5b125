"""ICE-lite for one peer (RFC 8445 section 2.5): answers checks, follows nominations, watches consent. Pure.

An ICE-lite side never sends checks. Consent (RFC 7675) is therefore the other side's: it ends 30 s after the last
authenticated check. Packets are welcome from every address that has passed a check lately; what we send goes to the
address nominated last.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from media import stun
from media.address import Address

CONSENT_S = 30.0
MOST_ADDRESSES = 8


@dataclass(frozen=True, slots=True)
class Credentials:
    """RFC 8445 section 5.3: at least 24 bits in the fragment and 128 in the password."""

    ufrag: str = field(default_factory=lambda: secrets.token_hex(6))
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    key: stun.Key = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", stun.Key(self.password))


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

    def on_check(self, check: stun.Check, source: Address, now: float) -> bytes | None:
        """The answer to send back, None when the check is not authentic. May move `address` and add to `addresses`."""
        held = self._credentials(check.ufrag)
        if held is None or not check.authentic(held.key):
            return None
        self._checked = now
        self._remember(source, now)
        if self.address is None or (check.nominates and held is self.local):
            self.address = source
        if check.nominates and held is self.local:
            self._former = None
        return stun.response(check, source, held.key)

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
