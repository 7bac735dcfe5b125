"""Who may do what with a meeting. Pure."""

from __future__ import annotations

from server.auth.identity import Identity
from server.meetings.models import Meeting

LEADERS = ("chair", "secretariat")


def may_see(who: Identity, meeting: Meeting, invited: frozenset[str]) -> bool:
    """People of the hosting and the invited offices, and the guests of this very meeting."""
    if who.role == "guest":
        return who.guest_of == meeting.id
    return who.office is not None and (who.office.id == meeting.host_office_id or who.office.id in invited)


def leads(who: Identity, meeting: Meeting) -> bool:
    """Chair and secretariat of the hosting office."""
    return who.role in LEADERS and who.office is not None and who.office.id == meeting.host_office_id


def may_open(who: Identity, meeting: Meeting) -> bool:
    return leads(who, meeting) and meeting.state == "scheduled"


def may_end(who: Identity, meeting: Meeting) -> bool:
    return leads(who, meeting) and meeting.state == "open"


def may_invite(who: Identity, meeting: Meeting) -> bool:
    return leads(who, meeting) and meeting.state != "ended"


def may_watch_media(who: Identity, meeting: Meeting) -> bool:
    """Counters of connections: who leads, and who keeps the installation."""
    return leads(who, meeting) or who.role == "admin"


def may_name_speakers(who: Identity, meeting: Meeting) -> bool:
    return may_edit_transcript(who, meeting)


def may_edit_transcript(who: Identity, meeting: Meeting) -> bool:
    """The record is the secretariat's of the hosting office, and so is what stood in it before."""
    return who.role == "secretariat" and leads(who, meeting)
