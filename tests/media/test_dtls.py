"""Handshakes that meet OpenSSL's timer for flights that were lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from OpenSSL import SSL

from media.ports import PeerLost
from tests.media.client import Client
from tests.media.conftest import PLAN, ROOM, Studio, eventually

Raising = Callable[[str, type[Exception]], list[str]]


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> Raising:
    """The first flight of the side named (SSL's own word for its state) is due again at once, and that raises."""
    due, repeat = SSL.Connection.DTLSv1_get_timeout, SSL.Connection.DTLSv1_handle_timeout
    repeated: list[str] = []

    def arrange(side: str, error: type[Exception]) -> list[str]:
        def get_timeout(self: SSL.Connection) -> float | None:
            ours = side in self.get_state_string().decode().lower()
            return 0.0 if ours and not repeated else due(self)

        def handle_timeout(self: SSL.Connection) -> bool:
            if repeated:
                return repeat(self)
            repeated.append(side)
            raise error

        monkeypatch.setattr(SSL.Connection, "DTLSv1_get_timeout", get_timeout)
        monkeypatch.setattr(SSL.Connection, "DTLSv1_handle_timeout", handle_timeout)
        return repeated

    return arrange


@pytest.mark.parametrize("side", ["server", "client"])
async def test_a_handshake_goes_on_where_a_lost_flight_could_not_be_repeated(
    side: str, studio: Studio, raising: Raising
) -> None:
    repeated = raising(side, SSL.WantReadError)
    maria = await studio.join("maria")
    assert repeated == [side]
    assert maria.dtls.state == "connected"


async def test_whoever_breaks_the_handshake_is_lost_and_not_forgotten(studio: Studio, raising: Raising) -> None:
    raising("server", SSL.Error)
    maria = Client()
    joining = asyncio.create_task(maria.connect(PLAN, lambda sdp: studio.plane.offer(ROOM, "maria", sdp)))
    await eventually(lambda: studio.of("PeerLost"))
    joining.cancel()
    await maria.close()
    assert studio.of("PeerLost") == [PeerLost(ROOM, "maria", "dtls")]
