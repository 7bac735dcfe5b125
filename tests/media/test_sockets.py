"""Media, and what may wait, come by one port and wait in different places."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from media import sockets
from media.settings import MediaSettings
from media.sockets import Sockets, bind
from tests.media.network import LOOPBACK

VOICE, NACK, DTLS = b"\x90\x6f voice", b"\x81\xcd nack", b"\x16\xc8 dtls"
CHECK, ANSWER, CHANNEL = b"\x00\x01 check", b"\x03\xc8 stun", b"\x40\x01 turn"
SENDER, RECEIVER, PADDED = b"\x81\xc8 sender", b"\x81\xc9 receiver", b"\xa1\xc9 padded"
EVERYTHING = (VOICE, SENDER, NACK, RECEIVER, CHECK, ANSWER, CHANNEL, PADDED, DTLS, b"\xc9", b"")
FAMILIES = (socket.AF_INET, socket.AF_INET6)


@contextmanager
def bound() -> Iterator[tuple[Sockets, Sockets]]:
    media, patient = bind(MediaSettings(port=0))
    try:
        yield media, patient
    finally:
        for each in (*media.values(), *patient.values()):
            each.close()


def come(at: socket.socket) -> list[bytes]:
    """What has come so far: on this machine that is all that was sent."""
    found = []
    try:
        while True:
            found.append(at.recv(2000))
    except BlockingIOError:
        return found


def tell(family: socket.AddressFamily, port: int, *datagrams: bytes) -> None:
    with socket.socket(family, socket.SOCK_DGRAM) as sending:
        for each in datagrams:
            sending.sendto(each, (LOOPBACK[family], port))


@pytest.mark.parametrize("family", FAMILIES)
def test_reports_and_checks_have_a_socket_of_their_own(family: socket.AddressFamily) -> None:
    with bound() as (media, patient):
        tell(family, media[family].getsockname()[1], *EVERYTHING)
        assert come(patient[family]) == [SENDER, RECEIVER, CHECK, ANSWER, PADDED]
        assert come(media[family]) == [VOICE, NACK, CHANNEL, DTLS, b"\xc9", b""]


def test_however_many_reports_wait_there_is_room_for_a_voice() -> None:
    with bound() as (media, patient):
        port = media[socket.AF_INET].getsockname()[1]
        tell(socket.AF_INET, port, *[RECEIVER * 100] * 20_000, VOICE)
        assert come(media[socket.AF_INET]) == [VOICE]
        assert len(come(patient[socket.AF_INET])) < 20_000


def test_nobody_else_gets_the_port() -> None:
    with bound() as (media, _), pytest.raises(OSError, match="in use"):
        bind(MediaSettings(port=media[socket.AF_INET].getsockname()[1]))


def test_where_the_kernel_does_not_sort_everything_comes_as_media(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sockets, "SO_ATTACH_REUSEPORT_CBPF", 32_767)
    with caplog.at_level(logging.WARNING), bound() as (media, patient):
        tell(socket.AF_INET, media[socket.AF_INET].getsockname()[1], *EVERYTHING)
        assert not patient
        assert come(media[socket.AF_INET]) == list(EVERYTHING)
    assert "does not sort" in caplog.text
