"""Who may do what with the directory. Pure.

Administrators: everything. A secretariat: the people of its own office and of those below it, but no administrator's
account. Everybody with an account: names and posts in their own office; who leads meetings also those of offices that
their own office invites.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.auth.identity import Identity
from server.meetings.policy import LEADERS


def below(office: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """The office and every one under it. `parents` by office."""
    children: dict[str, list[str]] = {}
    for each, parent in parents.items():
        children.setdefault(parent or "", []).append(each)
    found, waiting = {office}, [office]
    while waiting:
        fresh = [each for each in children.get(waiting.pop(), []) if each not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


def reach(who: Identity, parents: Mapping[str, str | None]) -> frozenset[str]:
    """Offices whose people they look after."""
    if who.role == "admin":
        return frozenset(parents)
    if who.role == "secretariat" and who.office is not None:
        return below(who.office.id, parents)
    return frozenset()


def may_keep_offices(who: Identity) -> bool:
    return who.role == "admin"


def may_keep_people(who: Identity) -> bool:
    """Of some office; of which, `reach` says."""
    return who.role in ("admin", "secretariat")


def may_keep(who: Identity, reach: frozenset[str], office: str, role: str) -> bool:
    """Change a person with this role who belongs to `office`, make one, or give them a way to a new password."""
    return may_keep_people(who) and office in reach and may_give(who, role)


def may_give(who: Identity, role: str) -> bool:
    return role != "admin" or who.role == "admin"


def may_read_names(who: Identity, reach: frozenset[str], office: str, invited: frozenset[str]) -> bool:
    """`invited`: offices that meetings of the caller's office invite."""
    if who.office is not None and who.office.id == office:
        return True
    return office in reach or (who.role in LEADERS and office in invited)
