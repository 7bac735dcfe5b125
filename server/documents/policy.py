"""Who is given which paper. Pure. Whoever may read a version at all is a matter of `notulas.cases`."""

from __future__ import annotations

from minutes.notula.content import Content
from minutes.notula.documents.sheet import Kind
from server.auth.identity import Identity


def may_have(who: Identity, kind: Kind, content: Content, sealed: bool, inside: bool) -> bool:
    """News is drafted by the host's own. A guest has the final notula of an open meeting, and nothing else."""
    if kind == "berita-jdih":
        return inside
    if who.role == "guest":
        return kind == "notula" and sealed and content.classification == "biasa"
    return True
