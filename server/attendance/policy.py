"""Who may correct an attendance list. Pure."""

from __future__ import annotations

from server.auth.identity import Identity
from server.meetings.models import Meeting
from server.meetings.policy import leads


def may_correct(who: Identity, meeting: Meeting) -> bool:
    """The record is the secretariat's, of the hosting office; also when the meeting is long over."""
    return who.role == "secretariat" and leads(who, meeting)
