"""Who may number letters. Pure."""

from __future__ import annotations

from server.auth.identity import Identity
from server.meetings.models import Meeting
from server.meetings.policy import leads


def may_take(who: Identity, meeting: Meeting) -> bool:
    """The register of letters is the secretariat's, of the hosting office."""
    return who.role == "secretariat" and leads(who, meeting)


def may_change(who: Identity, office: str) -> bool:
    return who.role == "secretariat" and who.office is not None and who.office.id == office


def may_read(who: Identity, office: str) -> bool:
    return who.role != "guest" and who.office is not None and who.office.id == office
