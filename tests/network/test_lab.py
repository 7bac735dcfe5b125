"""The lab does to packets what it is told to, and nothing else."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.network.lab import Lab
from tests.network.lines import Line
from tests.network.namespaces import MOUNTED, Namespace, clean, run

pytestmark = pytest.mark.full
ECHO_PORT, TCP_PORT = 7_007, 9_009
PAYLOAD = 200
FAMILIES = (socket.AF_INET, socket.AF_INET6)


@pytest.fixture(scope="module")
def echoing(lab: Lab) -> Iterator[Lab]:
    """Whatever comes to the server's `ECHO_PORT` by UDP goes back."""
    sockets = [lab.server.call(_datagrams, family) for family in FAMILIES]
    for each, address in zip(sockets, lab.server_addresses, strict=True):
        each.bind((address, ECHO_PORT))
        threading.Thread(target=_echo, args=(each,), daemon=True).start()
    yield lab
    for each in sockets:
        with each, contextlib.suppress(OSError):  # never connected, it says; and wakes who waits at it
            each.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def _citra(echoing: Lab) -> Line:
    return echoing.client("citra")


@pytest.fixture
def citra(_citra: Line) -> Iterator[Line]:
    yield _citra
    _citra.heal()


def test_a_good_line_loses_nothing(citra: Line, echoing: Lab) -> None:
    for address in echoing.server_addresses:
        trips = round_trips(citra, address, 50)
        assert len(trips) == 50
        assert min(trips) < 0.02


@pytest.mark.parametrize("direction", ["up", "down"])
def test_loss_is_what_was_asked_for(citra: Line, echoing: Lab, direction: str) -> None:
    citra.loss(30, "up" if direction == "up" else "down")
    came = len(round_trips(citra, echoing.server_address, 1_000))
    assert 620 < came < 780  # five deviations


def test_a_rate_is_kept(citra: Line, echoing: Lab) -> None:
    citra.rate(300, "down")
    began = time.monotonic()
    kept = len(round_trips(citra, echoing.server_address, 300, wait_s=1.0))
    kbit = kept * (PAYLOAD + 42) * 8 / 1000
    assert kbit < 300 * (time.monotonic() - began) + 24 + 90  # what the bucket and the queue held


def test_delay_is_added_each_way(citra: Line, echoing: Lab) -> None:
    citra.delay(50, 10)
    for address in echoing.server_addresses:
        trips = round_trips(citra, address, 20)
        assert len(trips) == 20
        assert min(trips) >= 0.08
        assert min(trips) < 0.13
    citra.delay(0)
    assert min(round_trips(citra, echoing.server_address, 20)) < 0.02


def test_a_blackout_lets_nothing_through(citra: Line, echoing: Lab) -> None:
    citra.blackout()
    assert round_trips(citra, echoing.server_address, 3) == []
    citra.restore()
    assert len(round_trips(citra, echoing.server_address, 3)) == 3


def test_a_firewall_lets_its_ports_through(citra: Line, echoing: Lab) -> None:
    listening = echoing.server.call(socket.create_server, (echoing.server_address, TCP_PORT))
    with listening:
        for close, works in ((citra.block_udp, True), (lambda: citra.let_only_tcp([TCP_PORT + 1]), False)):
            close()
            assert round_trips(citra, echoing.server_address, 3) == []
            assert reaches(citra, echoing.server_address) is works
        citra.let_only_tcp([TCP_PORT])
        assert reaches(citra, echoing.server_address)


@pytest.mark.parametrize("noticed", [True, False])
def test_a_new_address_takes_the_place_of_the_old_one(citra: Line, echoing: Lab, noticed: bool) -> None:
    before = citra.addresses
    bound = citra.client.call(_datagrams, socket.AF_INET6)
    bound.bind((before[1], 0))
    citra.change_address(noticed)
    assert not set(before) & set(citra.addresses)
    for address in echoing.server_addresses:
        assert len(round_trips(citra, address, 3)) == 3
    with bound:
        assert trips_of(bound, echoing.server_addresses[1], 3, wait_s=0.3) == []


def test_who_has_no_ipv4_reaches_nothing_by_it(echoing: Lab) -> None:
    line = echoing.client("dian", only_ipv6=True)
    assert len(round_trips(line, echoing.server_addresses[1], 3)) == 3
    with pytest.raises(OSError, match="unreachable"):
        round_trips(line, echoing.server_addresses[0], 1)


def test_what_a_killed_run_left_is_taken_down() -> None:
    left = Namespace("left")
    orphan = left.name.replace(f"{left.maker}-", "999999999-")
    run("ip", "netns", "add", orphan)
    clean()
    assert not (MOUNTED / orphan).exists()
    assert (MOUNTED / left.name).exists()
    left.close()
    assert not (MOUNTED / left.name).exists()


def round_trips(line: Line, to: str, count: int, wait_s: float = 0.5) -> list[float]:
    """Send `count` datagrams at 1 ms from each other; how long each took that came back, in seconds."""
    family = socket.AF_INET6 if ":" in to else socket.AF_INET
    with line.client.call(_datagrams, family) as asking:
        return trips_of(asking, to, count, wait_s)


def trips_of(asking: socket.socket, to: str, count: int, wait_s: float) -> list[float]:
    sent, trips = [], []
    asking.settimeout(0.001)
    for number in range(count):
        sent.append(time.monotonic())
        asking.sendto(number.to_bytes(4, "big").ljust(PAYLOAD, b"."), (to, ECHO_PORT))
        trips += _answers(asking, sent)
    asking.settimeout(wait_s)
    while len(trips) < count and (late := _answers(asking, sent)):
        trips += late
    return trips


def reaches(line: Line, address: str) -> bool:
    try:
        line.client.call(lambda: socket.create_connection((address, TCP_PORT), timeout=0.5)).close()
    except OSError:
        return False
    return True


def _answers(asking: socket.socket, sent: list[float]) -> list[float]:
    try:
        number = int.from_bytes(asking.recv(2_000)[:4], "big")
    except TimeoutError:
        return []
    return [time.monotonic() - sent[number]]


def _datagrams(family: socket.AddressFamily) -> socket.socket:
    return socket.socket(family, socket.SOCK_DGRAM)


def _echo(each: socket.socket) -> None:
    data, sender = each.recvfrom(2_000)
    while sender is not None:  # None: shut down
        each.sendto(data, sender)
        data, sender = each.recvfrom(2_000)
