"""Who asks. Pure data, the same for HTTP and for the room's socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.rooms.words.people import Occupant, Role

AccountRole = Literal["chair", "secretariat", "participant", "admin", "guest"]


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    id: str
    short_name: str
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A person with an account, or a guest, who may attend the one meeting `guest_of`."""

    id: str
    name: str
    position: str
    role: AccountRole
    office: OfficeFacts | None
    guest_of: str | None = None
    username: str | None = None  # of a guest none

    def occupant(self, leads: bool) -> Occupant:
        """As they sit in a room. Only who leads this meeting (`meetings.policy.leads`) is its chair or secretariat."""
        seat_role: Role = "guest" if self.role == "guest" else "participant"
        if leads and (self.role == "chair" or self.role == "secretariat"):
            seat_role = self.role
        office = self.office
        return Occupant(
            person=self.id,
            name=self.name,
            position=self.position if office is not None else "Tamu",
            office_id=office.id if office is not None else "",
            office=office.short_name if office is not None else self.position,
            role=seat_role,
        )
