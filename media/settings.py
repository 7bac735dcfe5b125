"""What an operator sets of the media plane. Crosses the process border as a plain dictionary."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """`port` 0 takes any free one. `addresses` are advertised to browsers; empty: those of this machine."""

    bind: str = "0.0.0.0"  # noqa: S104  (a media server is there to be reached)
    port: int = 7882
    addresses: tuple[str, ...] = field(default=())
    max_peers: int = 2000
