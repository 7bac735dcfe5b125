"""Meetings over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from server.auth.identity import Identity, OfficeFacts
from server.auth.models import Office
from server.auth.schemas import Closed, OfficeOut, Trimmed
from server.meetings import policy
from server.meetings.models import EARLIEST, LATEST
from server.meetings.repository import Full
from server.rooms.words.door import Waits


def within_the_calendar(moment: datetime) -> datetime:
    if not EARLIEST <= moment < LATEST:
        raise PydanticCustomError("starts_at", "Tahun rapat harus dari 2000 sampai 2100.")
    return moment


class AgendaItem(Closed):
    """Butir acara. `recorded` false: anthem or prayer, which nobody records."""

    title: Trimmed = Field(min_length=1, max_length=200, examples=["Paparan penyelesaian sengketa"])
    presenter: Trimmed = Field("", max_length=200)
    minutes: int = Field(0, ge=0, le=600, description="0: as long as it takes")
    recorded: bool = True


class NewMeeting(Closed):
    title: Trimmed = Field(min_length=3, max_length=200, examples=["Rakor Penyelesaian Sengketa Pemilihan"])
    starts_at: Annotated[AwareDatetime, AfterValidator(within_the_calendar)]
    zone: str | None = Field(None, description="IANA zone; the hosting office's when absent")
    offices: list[str] = Field(min_length=1, max_length=600, examples=[["kaltara", "sumbar"]])
    agenda: list[AgendaItem] = Field(default_factory=list, max_length=60)
    waits: Waits = Field("nobody", description="Who waits outside until the chair or secretariat lets them in")
    quorum: int = Field(0, ge=0, le=600, description="How many invited offices must be present; 0: no rule")
    previous: str | None = Field(
        None, max_length=64, description="Id of the meeting that this one goes on from: its open follow-ups come along"
    )

    @model_validator(mode="after")
    def _reachable(self) -> NewMeeting:
        if self.quorum > len(set(self.offices)):
            raise PydanticCustomError("quorum", "Kuorum tidak boleh melebihi jumlah satker yang diundang.")
        return self


class NewInvitation(Closed):
    name: Trimmed = Field(min_length=2, max_length=120)
    institution: Trimmed = Field(min_length=2, max_length=120, examples=["Bawaslu RI"])


class InvitationOut(BaseModel):
    url: str
    expires_at: datetime


class ZoneTime(BaseModel):
    zone: str = Field(examples=["Asia/Makassar"])
    label: str = Field(examples=["WITA"])
    local: str = Field(examples=["10.00"])


class May(BaseModel):
    """What the caller may do with a meeting now."""

    join: bool
    open: bool
    end: bool
    invite: bool
    name_speakers: bool
    edit_transcript: bool


class MeetingOut(BaseModel):
    id: str
    title: str
    state: Literal["scheduled", "open", "ended"]
    starts_at: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    host_office: OfficeOut
    zones: list[ZoneTime]
    agenda: list[AgendaItem] = Field(description="As planned")
    offices_invited: int
    waits: Waits
    quorum: int
    previous: str | None
    may: May
    participants_now: int
    lines: int
    transcript_complete: bool
    second_hearing: float | None = Field(
        description="How much of the recording has been heard a second time, 0 to 1; null when done or not intended"
    )

    @classmethod
    def of(cls, full: Full, who: Identity, present: int, lines: int, complete: bool, again: float | None) -> MeetingOut:
        meeting = full.meeting
        return cls(
            id=meeting.id,
            title=meeting.title,
            state=meeting.state,
            starts_at=meeting.starts_at,
            opened_at=meeting.opened_at,
            ended_at=meeting.ended_at,
            host_office=OfficeOut.of(facts(full.host)),
            zones=zone_times(meeting.starts_at, [meeting.zone, *(office.zone for office in full.invited)]),
            agenda=[AgendaItem.model_validate(item) for item in meeting.agenda],
            offices_invited=len(full.invited),
            waits=meeting.waits,
            quorum=meeting.quorum,
            previous=meeting.previous_id,
            may=May(
                join=meeting.state != "ended",
                open=policy.may_open(who, meeting),
                end=policy.may_end(who, meeting),
                invite=policy.may_invite(who, meeting),
                name_speakers=policy.may_name_speakers(who, meeting),
                edit_transcript=policy.may_edit_transcript(who, meeting),
            ),
            participants_now=present,
            lines=lines,
            transcript_complete=complete,
            second_hearing=again,
        )


class Meetings(BaseModel):
    items: list[MeetingOut]
    next: str | None = Field(description="Cursor of the next page")


def facts(office: Office) -> OfficeFacts:
    return OfficeFacts(office.id, office.short_name, office.name, office.zone)


def zone_times(moment: datetime, zones: list[str]) -> list[ZoneTime]:
    """The moment in each of Indonesia's zones that takes part, west to east: 09.00 WIB is 10.00 WITA."""
    found: dict[str, tuple[str, datetime]] = {}
    for zone in zones:
        local = moment.astimezone(ZoneInfo(zone))
        found.setdefault(local.tzname() or zone, (zone, local))
    ordered = sorted(found.items(), key=lambda item: item[1][1].utcoffset() or 0)
    return [ZoneTime(zone=zone, label=label, local=f"{local:%H.%M}") for label, (zone, local) in ordered]
