"""What a caller may see. Built by the server from roles and invitations; every query takes one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Every meeting, or these."""

    everything: bool = False
    meetings: frozenset[str] = frozenset()
