"""When a follow-up is late, and on which days of it somebody is reminded. PURE.

A day on which something is due ends at midnight in the zone of the office that does it: in Jayapura two hours before
Jakarta.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from server.followups.rules import OPEN, Status

BEFORE = (7, 1)
"""Days before the due day on which one is reminded."""
EVERY = 7
"""Days between reminders of what is late, from the day after."""
FROM_HOUR = 8
"""Reminders come when offices open."""


def late(status: Status, due: date | None, zone: str, now: datetime) -> bool:
    return status in OPEN and due is not None and local_day(now, zone) > due


def local_day(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def days_left(due: date, zone: str, now: datetime) -> int:
    """Negative: so many days late."""
    return (due - local_day(now, zone)).days


def occasion(due: date, zone: str, now: datetime) -> str | None:
    """The newest occasion that has come, `2026-12-05:before-7`; None before the first.

    It names the due day, so one that is moved is reminded of anew. Whoever was not reminded on the day itself (the
    server stood still, or the item is newer than that) is so afterwards, once.
    """
    today = local_day(now - timedelta(hours=FROM_HOUR), zone)
    over = (today - due).days
    if over > 0:
        return f"{due}:after-{1 + (over - 1) // EVERY * EVERY}"
    come = [days for days in BEFORE if -over <= days]
    return f"{due}:before-{min(come)}" if come else None
