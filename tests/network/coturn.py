"""A real TURN relay (coturn) beside the server, for UDP, TCP and TLS, with an authority of the tests' own."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tests.network.namespaces import Namespace, run
from tests.waiting import until

SECRET = "only-these-tests-know-it"
PORT, TLS_PORT = 3478, 5349
NAME = "relay.rakor.example"  # for TLS: Firefox trusts no relay without one
DAYS = "2"


@dataclass(frozen=True)
class Authority:
    """A certificate authority that signs for the relay. `folder` holds `ca.pem`, `turn.pem`, `turn.key`."""

    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "ca.pem"

    def sign(self, name: str) -> None:
        """Make the authority, and a certificate of the relay called `name`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        ca = ("-keyout", self._path("ca.key"), "-out", self._path("ca.pem"))
        run("openssl", "req", "-x509", *key, *ca, "-days", DAYS, "-subj", "/CN=Rakor test authority")
        extensions = ("-addext", f"subjectAltName=DNS:{name}", "-addext", "basicConstraints=critical,CA:FALSE")
        signed_by = ("-CA", self._path("ca.pem"), "-CAkey", self._path("ca.key"))
        relay = ("-keyout", self._path("turn.key"), "-out", self._path("turn.pem"))
        run(
            *("openssl", "req", "-x509", *key, *signed_by, *relay),
            *("-days", DAYS, "-subj", "/CN=Rakor test relay", *extensions),
        )

    def trusted_by(self, database: Path) -> None:
        """Put the authority into an NSS database, as an administrator of office PCs does."""
        database.mkdir(parents=True, exist_ok=True)
        run("certutil", "-d", f"sql:{database}", "-N", "--empty-password")
        run("certutil", "-d", f"sql:{database}", "-A", "-t", "C,,", "-n", "rakor", "-i", str(self.certificate))

    def _path(self, name: str) -> str:
        return str(self.folder / name)


@dataclass
class Coturn:
    """One relay at `addresses` of `space`; it relays to these addresses and to no others."""

    space: Namespace
    addresses: Sequence[str]
    authority: Authority
    folder: Path
    _process: subprocess.Popen[bytes] | None = None
    _log: BinaryIO | None = field(default=None, repr=False)

    def urls(self, *ways: str) -> str:
        """What `RAKOR_TURN_URLS` takes. Ways: `udp`, `tcp`, `tls`."""
        return ",".join(self._url(way) for way in ways)

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "turnserver.conf").write_text("\n".join(self._settings()) + "\n")
        self._log = (self.folder / "coturn.log").open("wb")
        self._process = self.space.start(["turnserver", "-c", str(self.folder / "turnserver.conf")], self._log)
        until(self._listens, 10, self._excuse)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._log is not None:
            self._log.close()

    def _url(self, way: str) -> str:
        if way == "tls":
            return f"turns:{NAME}:{TLS_PORT}?transport=tcp"
        return f"turn:{self.addresses[0]}:{PORT}?transport={way}"

    def _settings(self) -> list[str]:
        here = [line for each in self.addresses for line in (f"listening-ip={each}", f"relay-ip={each}")]
        return [
            *here,
            *(f"allowed-peer-ip={each}" for each in self.addresses),
            "denied-peer-ip=0.0.0.0-255.255.255.255",
            f"listening-port={PORT}",
            f"tls-listening-port={TLS_PORT}",
            "use-auth-secret",
            f"static-auth-secret={SECRET}",
            "realm=rakor.example",
            f"cert={self.authority.folder / 'turn.pem'}",
            f"pkey={self.authority.folder / 'turn.key'}",
            "no-cli",
            "no-multicast-peers",
            f"pidfile={self.folder / 'coturn.pid'}",
            f"userdb={self.folder / 'turndb'}",
            "log-file=stdout",
            "simple-log",
            "verbose",
        ]

    def _listens(self) -> bool:
        def reach(port: int) -> None:
            socket.create_connection((self.addresses[0], port), timeout=1).close()

        try:
            for port in (PORT, TLS_PORT):
                self.space.call(reach, port)
        except OSError:
            return self._process is not None and self._process.poll() is not None
        return True

    def _excuse(self) -> str:
        return "coturn does not listen:\n" + (self.folder / "coturn.log").read_text()[-2000:]
