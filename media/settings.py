"""What an operator sets of the media plane. Crosses the process border as a plain dictionary."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """`port` 0 takes any free one. `addresses` are advertised to browsers; empty: those of this machine.

    `bind`: one address of either family; empty: all, IPv4 and IPv6. `fanout`: the loop that sends packets to many,
    `python`, `c`, or `auto`: C where it was compiled.
    """

    bind: str = ""
    port: int = 7882
    addresses: tuple[str, ...] = field(default=())
    max_peers: int = 2000
    fanout: str = "auto"
