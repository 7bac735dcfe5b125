"""Who sees follow-ups, and what they are to them. Pure.

An office sees its own; whose meeting it was sees all that it left. The central office sees those of every meeting, but
not what is restricted to host and offices. A guest sees none.
"""

from __future__ import annotations

from server.auth.identity import Identity
from server.auth.offices import CENTRE
from server.followups.rules import Duty
from server.meetings.models import Meeting
from server.meetings.policy import leads


def is_central(who: Identity) -> bool:
    return who.office is not None and who.office.id == CENTRE


def may_see(who: Identity, office: str, host: str, restricted: bool) -> bool:
    """`office` does it, `host` held the meeting."""
    if who.role == "guest" or who.office is None:
        return False
    return who.office.id in (office, host) or (is_central(who) and not restricted)


def duties(who: Identity, office: str, meeting: Meeting) -> frozenset[Duty]:
    found = set[Duty]()
    if who.role != "guest" and who.office is not None and who.office.id == office:
        found.add("doer")
    if leads(who, meeting):
        found.add("host")
    return frozenset(found)
