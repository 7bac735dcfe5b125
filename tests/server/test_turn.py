"""Relays: credentials that coturn accepts for a while, and a relay that leads to the media port and nowhere else."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from aioice.stun import TransactionFailed
from aioice.turn import TurnTransport, create_turn_endpoint
from pydantic import ValidationError

from server.settings import Settings
from server.signalling.messages import IceServer
from server.turn import Turn, password

SECRET = "rahasia-relai"
COMPOSE = (Path(__file__).parent.parent.parent / "compose.yaml").read_text()
ENVIRONMENT = {
    "RAKOR_DOMAIN": "rapat.example",
    "RAKOR_ADDRESS": "198.51.100.7",
    "RAKOR_ADDRESS_IPV6": "2001:db8::7",
    "RAKOR_TURN_SECRET": SECRET,
    "RAKOR_CERTIFICATES": "/srv/certificates",
}


def test_a_credential_ends_and_is_signed() -> None:
    """The password is what `openssl dgst -sha1 -hmac` makes of the username."""
    turn = Turn(("turn:a.example", "turns:a.example:443"), SECRET, lasts_s=43_200.0)
    assert turn.servers("3f9c2a71b0de", 1_700_000_000.9) == [
        IceServer(
            urls=["turn:a.example", "turns:a.example:443"],
            username="1700043200:3f9c2a71b0de",
            credential="a2XEVGLT3LCk2nV5b8yHQPH16gM=",
        )
    ]
    assert Turn().servers("3f9c2a71b0de", 0.0) == []
    assert SECRET not in repr(turn)


def test_relays_come_from_the_settings() -> None:
    settings = Settings.model_validate({"turn_urls": " turn:a, turns:b ,", "turn_secret": SECRET, "turn_hours": 2})
    assert settings.turn == Turn(("turn:a", "turns:b"), SECRET, 7200.0)
    assert Settings().turn.urls == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"turn_urls": "turn:a"}, "RAKOR_TURN_SECRET"),
        ({"turn_urls": "stun:a", "turn_secret": SECRET}, "begins with"),
        ({"turn_hours": 0, "turn_secret": SECRET}, "turn_hours"),
    ],
)
def test_relays_nobody_could_use_are_refused_without_telling_the_secret(change: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told) as refused:
        Settings.model_validate(change)
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(Settings.model_validate({"turn_secret": SECRET}))


# --- the relay of compose.yaml ---


def interpolated(part: Any, environment: dict[str, str]) -> Any:
    """As Docker Compose does it: `${A}`, `${A:-else}`, `${A:?needed}`, `${A:+then}`, the innermost first."""
    if isinstance(part, dict):
        return {name: interpolated(each, environment) for name, each in part.items()}
    if isinstance(part, list):
        return [interpolated(each, environment) for each in part]

    def value(match: re.Match[str]) -> str:
        found, how, word = environment.get(match[1], ""), match[2], match[3] or ""
        if how == ":+":
            return word if found else ""
        assert found or how != ":?", f"{match[1]} is needed"
        return found or word

    form = re.compile(r"\$\{(\w+)(?:(:[-?+])([^${}]*))?\}")
    while isinstance(part, str) and form.search(part):
        part = form.sub(value, part)
    return part


def composed(**changes: str) -> dict[str, Any]:
    made: dict[str, Any] = interpolated(yaml.safe_load(COMPOSE), {**ENVIRONMENT, **changes})
    return made


def test_the_composition_gives_the_server_settings_it_takes() -> None:
    environment = composed()["services"]["rakor"]["environment"]
    given = {name.removeprefix("RAKOR_").lower(): value for name, value in environment.items() if "RAKOR_" in name}
    assert set(given) <= set(Settings.model_fields)
    settings = Settings.model_validate(given)
    assert settings.media.addresses == ("198.51.100.7", "2001:db8::7")
    assert settings.turn.urls == (
        "turn:rapat.example:3478?transport=udp",
        "turn:rapat.example:3478?transport=tcp",
        "turns:rapat.example:5349?transport=tcp",
    )


def test_a_relay_with_an_address_of_its_own_answers_on_the_port_of_https() -> None:
    services = composed(
        RAKOR_TURN_DOMAIN="relai.example",
        RAKOR_TURN_ADDRESS="198.51.100.8",
        RAKOR_PAGE_ADDRESS="198.51.100.7",
        RAKOR_TURN_TLS_PORT="443",
    )["services"]
    assert services["rakor"]["environment"]["RAKOR_TURN_URLS"].endswith("turns:relai.example:443?transport=tcp")
    assert services["caddy"]["ports"] == ["198.51.100.7:80:80", "198.51.100.7:443:443/tcp", "198.51.100.7:443:443/udp"]
    assert "198.51.100.8:443:5349/tcp" in services["coturn"]["ports"]
    assert composed()["services"]["caddy"]["ports"] == ["80:80", "443:443/tcp", "443:443/udp"]


FAR = 2_100_000_000.0  # the end of a credential must lie below 2**31 for the relay


@asynccontextmanager
async def relay(folder: Path) -> AsyncIterator[tuple[str, int]]:
    """coturn with the configuration of compose.yaml on a loopback port."""
    configuration = folder / "turnserver.conf"
    configuration.write_text(composed()["configs"]["turnserver"]["content"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address: tuple[str, int] = free.getsockname()
    here = ["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", f"--listening-port={address[1]}", "--no-tls"]
    files = [f"--pidfile={folder / 'pid'}", f"--userdb={folder / 'db'}"]
    log = folder / "log"
    with log.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            "turnserver", "-c", str(configuration), *here, *files, stdout=said, stderr=said
        )
    try:
        async with asyncio.timeout(10):
            while not answers(address):  # noqa: ASYNC110  (another process comes up)
                await asyncio.sleep(0.02)
        yield address
    finally:
        process.terminate()
        await process.wait()
    assert "Listener address" in log.read_text()
    assert SECRET not in log.read_text()


def answers(address: tuple[str, int]) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(address) == 0


async def allocate(address: tuple[str, int], server: IceServer) -> TurnTransport:
    transport, _ = await create_turn_endpoint(
        asyncio.DatagramProtocol, address, username=server.username, password=server.credential
    )
    return transport


async def test_the_relay_takes_our_credentials_until_they_end(tmp_path: Path) -> None:
    now, turn = FAR, Turn(("turn:a",), SECRET)
    good, ended = turn.servers("3f9c2a71b0de", now)[0], turn.servers("3f9c2a71b0de", 0.0)[0]
    forged = good.model_copy(update={"credential": password("tebakan", good.username)})
    async with relay(tmp_path) as address:
        for refused in (ended, forged):
            with pytest.raises(TransactionFailed, match="401"):
                await allocate(address, refused)
        (await allocate(address, good)).close()


@pytest.mark.parametrize("elsewhere", ["198.51.100.8", "10.0.0.1", "169.254.169.254", "127.0.0.1"])
async def test_the_relay_leads_to_the_media_address_only(tmp_path: Path, elsewhere: str) -> None:
    server = Turn(("turn:a",), SECRET).servers("3f9c2a71b0de", FAR)[0]
    async with relay(tmp_path) as address:
        transport = await allocate(address, server)
        inner = transport._TurnTransport__inner_protocol  # type: ignore[attr-defined]
        await inner.channel_bind(0x4000, ("198.51.100.7", 7882))
        with pytest.raises(TransactionFailed, match="403"):
            await inner.channel_bind(0x4001, (elsewhere, 7882))
        transport.close()
