"""A real mail server on this machine that keeps what it is given, or is as unhelpful as it is told to be."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, SECRET = "rakor", "kata sandi/surat"


@dataclass
class PostOffice:
    """`says` to recipients or to letters, as `550 no`; `drops` the line when it is told of one, or after its letter."""

    port: int = 0
    says: dict[str, str] = field(default_factory=dict)
    drops: dict[str, str] = field(default_factory=dict)  # address -> "rcpt" or "data"
    letters: list[EmailMessage] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    asked: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.asked += 1
        if self.drops.get(address) == "rcpt":
            server.transport.abort()
        if address in self.says:
            return self.says[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.secured.append(server.transport.get_extra_info("sslcontext") is not None)
        if self.drops.get(envelope.rcpt_tos[0]) == "data":
            server.transport.abort()
        return "250 OK"

    def texts(self, to: str) -> list[str]:
        """What one address was sent."""
        return [each.get_content() for each in self.letters if each["To"] == to]


@asynccontextmanager
async def post_office(tls: ssl.SSLContext | None = None, at_once: bool = False) -> AsyncIterator[PostOffice]:
    """`tls`: whoever writes must begin it and sign in; `at_once`: the line begins with it (smtps)."""
    office, loop = PostOffice(), asyncio.get_running_loop()
    made: list[SMTP] = []
    secret = LoginPassword(USER.encode(), SECRET.encode())

    def authenticator(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=given == secret, handled=False)

    def line() -> SMTP:
        with warnings.catch_warnings():  # of signing in before TLS, which it cannot know to be there from the start
            warnings.simplefilter("ignore")
            made.append(_line())
        return made[-1]

    def _line() -> SMTP:
        return SMTP(
            office,
            loop=loop,
            hostname="post.test",
            tls_context=None if at_once else tls,
            require_starttls=tls is not None and not at_once,
            authenticator=authenticator if tls is not None else None,
            auth_required=tls is not None,
            auth_require_tls=not at_once,  # it does not know that the line began with it
        )

    server = await loop.create_server(line, "127.0.0.1", 0, ssl=tls if at_once else None)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        for each in made:
            if isinstance(each.transport, asyncio.WriteTransport) and not each.transport.is_closing():
                each.transport.abort()
        await server.wait_closed()


def certificate(directory: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for this machine that signs itself: for the server, and for a client that trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post.test")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    file, secret = directory / "post.pem", directory / "post.key"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form, sealed = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, sealed))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file, secret)
    return server, ssl.create_default_context(cafile=str(file))
