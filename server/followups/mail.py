"""The office's mail server, as one operator's setting: where it is, and how a letter is handed over. Blocking.

Handing over has a moment after which nobody can tell whether the letter was taken: the line drops between its last byte
and the answer (RFC 1047). Such a letter is `UNSURE`, and is not sent again.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from typing import Literal
from urllib.parse import unquote, urlsplit

PATIENCE_S, CONNECT_S = 30.0, 10.0
TAKEN, GO_ON = 250, 354
SCHEMES: dict[str, tuple[Literal["none", "starttls", "tls"], int]] = {
    "smtp": ("none", 25),
    "starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}
_AT_HOME = ("localhost", "127.0.0.1", "::1")


class Handed(StrEnum):
    """What became of one letter. REFUSED: will never be taken; LATER: may be taken another time."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "waiting"
    UNSURE = "unsure"


class NoRelay(Exception):
    """Nobody answers, or lets us in: no letter will get through now."""


@dataclass(frozen=True, slots=True)
class Relay:
    """`user` empty: nobody signs in."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str
    password: str

    @classmethod
    def of(cls, url: str) -> Relay:
        """Raises `ValueError`, whose text repeats nothing of a password."""
        parts = urlsplit(url)
        known = SCHEMES.get(parts.scheme)
        if known is None or not parts.hostname:
            raise ValueError("RAKOR_SMTP_URL: smtp://, starttls:// or smtps://, then user:password@host:port")
        if parts.username and known[0] == "none" and parts.hostname not in _AT_HOME:
            raise ValueError("RAKOR_SMTP_URL: a password goes over starttls:// or smtps:// only")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, parts.port or known[1], known[0], user, password)


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave: through which server, as whom, with links to where. `context` None: the system's trust."""

    relay: Relay
    sender: str
    home: str
    context: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """`id`: the same for the same letter whenever it is sent, so that a mail program can tell."""

    to: str
    subject: str
    text: str
    id: str


class Carrier:
    """One connection, letter by letter. `lost`: it broke, and what is not handed over yet needs another one."""

    def __init__(self, relay: Relay, sender: str, context: ssl.SSLContext | None = None) -> None:
        self._relay, self._sender, self._context = relay, sender, context
        self._client: smtplib.SMTP | None = None
        self.lost = False

    def open(self) -> None:
        """Raises `NoRelay`."""
        relay, trusted = self._relay, self._context or ssl.create_default_context()
        try:
            if relay.security == "tls":
                client: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, timeout=CONNECT_S, context=trusted)
            else:
                client = smtplib.SMTP(relay.host, relay.port, timeout=CONNECT_S)
            self._client = client
            client.ehlo_or_helo_if_needed()
            if relay.security == "starttls":
                client.starttls(context=trusted)
            if relay.user:
                client.login(relay.user, relay.password)
            assert client.sock is not None, "it has just answered"
            client.sock.settimeout(PATIENCE_S)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.lost = True  # nothing to say good-bye to: in the middle of TLS it would be waited for
            self.close()
            raise NoRelay(type(error).__name__) from None  # its text may name an account

    def hand(self, letter: Letter) -> Handed:
        client = self._client
        assert client is not None, "opened before"
        try:
            code = _announced(client, self._sender, letter)
            if code != GO_ON:
                client.rset()
                return _refused(code)
        except (smtplib.SMTPException, OSError):
            self.lost = True
            return Handed.LATER
        try:
            client.send(_written(self._sender, letter))
            code, _ = client.getreply()
        except (smtplib.SMTPException, OSError):
            self.lost = True
            return Handed.UNSURE
        return Handed.SENT if code == TAKEN else _refused(code)

    def close(self) -> None:
        """It has answered for every letter by now: how it says good-bye changes nothing."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            if client.sock is not None and not self.lost:
                client.quit()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            client.close()

    def abort(self) -> None:
        """From another thread: whoever waits for an answer waits no more."""
        client = self._client
        if client is not None and client.sock is not None:
            with suppress(OSError):
                client.sock.shutdown(socket.SHUT_RDWR)


def _announced(client: smtplib.SMTP, sender: str, letter: Letter) -> int:
    """`GO_ON` when the letter may come, else what the server had against it."""
    for code, _ in (client.mail(sender), client.rcpt(letter.to)):
        if code >= 400:
            return code
    client.putcmd("DATA")
    return client.getreply()[0]


def _refused(code: int) -> Handed:
    """RFC 5321, 4.2.1: with 4 it may be taken another time, with 5 never."""
    return Handed.LATER if 400 <= code < 500 else Handed.REFUSED


def _written(sender: str, letter: Letter) -> bytes:
    """As it goes over the line: CRLF, dots doubled, and the dot that ends it."""
    message = EmailMessage(SMTP)
    message["From"] = Address("Rakor KPU", addr_spec=sender)
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers
    message.set_content(letter.text, cte="quoted-printable")
    lines = message.as_bytes().replace(b"\r\n.", b"\r\n..")
    return (lines if lines.endswith(b"\r\n") else lines + b"\r\n") + b".\r\n"
