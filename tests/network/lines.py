"""A person's line to the server: what it loses, how much it carries, what it lets through.

Loss and filters stand where the router forwards (nftables), rates at both ends of the line (token buckets: a kernel may
lack netem), delay in a process that packets are routed through. `up` is towards the server, `down` away from it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.network.namespaces import Namespace, run
from tests.waiting import until

Direction = Literal["up", "down"]
SIDES: dict[Direction, str] = {"up": "iifname", "down": "oifname"}
BURST_BYTES = 3_000  # two packets: a smaller bucket never lets a full one through
QUEUE_MS = 300  # what an office router holds back before it drops
SEED = 20_201_209
SERVER = 0  # the number of the server's own line


@dataclass
class Line:
    """The line of one client. Every change takes the place of the one before of its kind."""

    client: Namespace
    router: Namespace
    number: int  # 198.18.<number>.0/24 and fd00:198:18:<number>::/64
    _host: int = 2
    _losses: dict[Direction, float] = field(default_factory=dict)
    _rates: dict[Direction, int] = field(default_factory=dict)
    _filters: tuple[str, ...] = ()
    _gone: tuple[str, ...] = ()
    _relay: subprocess.Popen[bytes] | None = None

    @property
    def device(self) -> str:
        """Its end at the router; the client's is `eth0`."""
        return f"line{self.number}"

    @property
    def addresses(self) -> tuple[str, str]:
        """The client's present addresses, IPv4 and IPv6."""
        return f"198.18.{self.number}.{self._host}", f"fd00:198:18:{self.number:x}::{self._host:x}"

    def lay(self, only_ipv6: bool = False) -> None:
        """Connect the client to the router."""
        ends = ("type", "veth", "peer", "name", "eth0", "netns", self.client.name)
        self.router.ip("link", "add", self.device, *ends)
        # Wires carry packets, not trains of them: else whoever loses one in ten would lose the train.
        self.router.ip("link", "set", self.device, "gso_max_segs", "1")
        self.client.ip("link", "set", "eth0", "gso_max_segs", "1")
        self.router.ip("link", "set", self.device, "up")
        self.router.ip("addr", "add", f"198.18.{self.number}.1/24", "dev", self.device)
        self.router.ip("addr", "add", f"fd00:198:18:{self.number:x}::1/64", "dev", self.device, "nodad")
        self.client.ip("link", "set", "eth0", "up")
        self._give_addresses(only_ipv6)
        self._apply()

    # --- conditions ---

    def loss(self, percent: float, direction: Direction) -> None:
        """Lose so many packets of whatever kind, each for itself."""
        self._losses[direction] = percent
        self._apply()

    def rate(self, kbit: int | None, direction: Direction) -> None:
        """Carry no more than `kbit` a second; None: as much as the machine can."""
        space, device = (self.client, "eth0") if direction == "up" else (self.router, self.device)
        if self._rates.pop(direction, None) is not None:
            space.call(run, "tc", "qdisc", "delete", "dev", device, "root")
        if kbit is None:
            return
        self._rates[direction] = kbit
        bucket = ("rate", f"{kbit}kbit", "burst", str(BURST_BYTES), "latency", f"{QUEUE_MS}ms")
        space.call(run, "tc", "qdisc", "add", "dev", device, "root", "tbf", *bucket)

    def delay(self, delay_ms: float, jitter_ms: float = 0) -> None:
        """Take `delay_ms` more each way, more or less `jitter_ms`; 0: no more than the machine does."""
        if self._relay is not None:
            self._relay.kill()
            self._relay.wait()
            self._relay = None
            self._rules("delete")
        if delay_ms:
            self._relay = self._start_relay(delay_ms, jitter_ms)
            self._rules("add")

    def blackout(self) -> None:
        """Let nothing through; whoever is at the ends sees an interface that is up."""
        self._filter("drop")

    def block_udp(self) -> None:
        self._filter("meta l4proto udp drop")

    def let_only_tcp(self, ports: Sequence[int]) -> None:
        """What a strict office firewall does: TCP to these ports of the other side, and what answers it."""
        listed = ", ".join(map(str, ports))
        self._filter(f"tcp dport {{ {listed} }} accept", f"tcp sport {{ {listed} }} accept", "drop")

    def restore(self) -> None:
        """Let everything through again; losses, rates and delays stay."""
        self._filter()

    def change_address(self, noticed: bool = True) -> None:
        """Come back with another address, as from another network; the one before leads nowhere any more.

        `noticed`: the interface goes down and up, as with another Wi-Fi; else only the address changes, as behind a
        tunnel, and browsers find out for themselves.
        """
        self._gone += self.addresses
        self._host += 1
        if noticed:
            self.client.ip("link", "set", "eth0", "down")
        self.client.ip("addr", "flush", "dev", "eth0", "scope", "global")
        self._apply()
        if noticed:
            self.client.ip("link", "set", "eth0", "up")
        self._give_addresses(only_ipv6=False)

    def heal(self) -> None:
        """A good line again. Idempotent; the address stays what it is."""
        self._losses.clear()
        self.restore()
        self.delay(0)
        for direction in SIDES:
            self.rate(None, direction)

    def close(self) -> None:
        self.delay(0)

    # --- how ---

    def _give_addresses(self, only_ipv6: bool) -> None:
        ipv4, ipv6 = self.addresses
        self.client.ip("addr", "add", f"{ipv6}/64", "dev", "eth0", "nodad")
        self.client.ip("-6", "route", "replace", "default", "via", f"fd00:198:18:{self.number:x}::1")
        if not only_ipv6:
            self.client.ip("addr", "add", f"{ipv4}/24", "dev", "eth0")
            self.client.ip("route", "replace", "default", "via", f"198.18.{self.number}.1")

    def _filter(self, *rules: str) -> None:
        self._filters = rules
        self._apply()

    def _apply(self) -> None:
        """Write the router's rules for this line anew, all at once."""
        commands = []
        for direction, side in SIDES.items():
            chain = f"inet lab {self.device}{direction}"
            rules = [f"{side} != {self.device} return", *map(_leading_nowhere, self._gone), *self._filters]
            rules += [_losing(self._losses[direction])] if self._losses.get(direction) else []
            commands += [f"add chain {chain} {{ type filter hook forward priority {self.number}; }}"]
            commands += [f"flush chain {chain}", *(f"add rule {chain} {rule}" for rule in rules)]
        self.router.call(lambda: run("nft", "-f", "-", stdin="\n".join(["add table inet lab", *commands])))

    def _start_relay(self, delay_ms: float, jitter_ms: float) -> subprocess.Popen[bytes]:
        device = f"road{self.number}"
        root = Path(__file__).parent.parent.parent
        command = [sys.executable, "-m", "tests.network.relay", device, str(delay_ms), str(jitter_ms), str(SEED)]
        relay = self.router.call(lambda: subprocess.Popen(command, cwd=root))
        shown = lambda: device in self.router.call(run, "ip", "-brief", "link")  # noqa: E731
        until(shown, 10, "the relay did not make its device")
        self.router.ip("link", "set", device, "up")
        for family in ("-4", "-6"):
            self.router.ip(family, "route", "replace", "default", "dev", device, "table", self._table)
        return relay

    @property
    def _table(self) -> str:
        return str(100 + self.number)

    def _rules(self, verb: Literal["add", "delete"]) -> None:
        """Lead both directions through the relay. What comes out of it comes from another device and goes its way."""
        for family, net in (("-4", f"198.18.{self.number}.0/24"), ("-6", f"fd00:198:18:{self.number:x}::/64")):
            for selector in (("iif", self.device), ("iif", f"line{SERVER}", "to", net)):
                self.router.ip(family, "rule", verb, *selector, "lookup", self._table, "pref", self._table)


def _losing(percent: float) -> str:
    return f"numgen random mod 10000 < {round(percent * 100)} drop"


def _leading_nowhere(address: str) -> str:
    """Systems go on sending from an address they had when a socket was bound to it: no network would take that."""
    return f"{'ip6' if ':' in address else 'ip'} saddr {address} drop"
