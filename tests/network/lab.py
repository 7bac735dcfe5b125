"""A network of our own in one machine: the server's namespace, one for each person, a router between them.

    anna --- line1 --\\
                      router --- line0 --- server (page, media, relay)
    budi --- line2 --/

The server stands at 198.18.0.2 and fd00:198:18:0::2 (RFC 2544, RFC 4193: addresses that no network has). Needs root,
nftables and iproute2; needs no internet, and changes nothing outside of the namespaces it makes.
"""

from __future__ import annotations

import os
import shutil
from types import TracebackType

from tests.network.doors import Doors
from tests.network.lines import SERVER, Line
from tests.network.namespaces import Namespace, clean

TOOLS = ("ip", "tc", "nft")
ROUTING = {
    "ipv4.ip_forward": "1",
    "ipv6.conf.all.forwarding": "1",
    # Packets that were routed through a relay come back by another device than the one that leads to their sender.
    "ipv4.conf.all.rp_filter": "0",
    "ipv4.conf.default.rp_filter": "0",
}


class Lab:
    """Build it with `with Lab() as lab`; what it made is gone afterwards, and after a crash before the next one."""

    def __init__(self) -> None:
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        assert not missing, f"{', '.join(missing)} missing: `make setup-browser` installs them"
        assert os.geteuid() == 0, "network namespaces are made by root only"
        clean()
        self._spaces: list[Namespace] = []
        self._lines: list[Line] = []
        self.doors = Doors()
        try:
            self.router = self._space("router")
            for key, value in ROUTING.items():
                self.router.set(key, value)
            self.server = self._space("server")
            self.server_line = self._lay(self.server, only_ipv6=False)
        except BaseException:
            self.close()
            raise

    @property
    def server_address(self) -> str:
        return self.server_line.addresses[0]

    @property
    def server_addresses(self) -> tuple[str, str]:
        """IPv4 and IPv6."""
        return self.server_line.addresses

    def client(self, name: str, only_ipv6: bool = False) -> Line:
        """A person's place and its line to the router."""
        return self._lay(self._space(name), only_ipv6)

    def close(self) -> None:
        """Idempotent."""
        for line in self._lines:
            line.close()
        self._lines.clear()
        self.doors.close()
        for space in self._spaces:
            space.close()
        self._spaces.clear()

    def _space(self, name: str) -> Namespace:
        made = Namespace(name)
        self._spaces.append(made)
        return made

    def _lay(self, space: Namespace, only_ipv6: bool) -> Line:
        line = Line(space, self.router, SERVER + len(self._lines))
        self._lines.append(line)
        line.lay(only_ipv6)
        return line

    def __enter__(self) -> Lab:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
