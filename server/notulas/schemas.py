"""A notula over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from minutes.notula.content import Content, Id
from minutes.notula.workflow import Signing, State
from server.auth.schemas import Closed, Trimmed

MOST_REVISIONS = 2**31
Reason = Annotated[Trimmed, Field(max_length=1000)]
Why = Annotated[Trimmed, Field(min_length=3, max_length=1000)]
Revision = Annotated[int, Field(ge=1, le=MOST_REVISIONS)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class DraftIn(Closed):
    replace: bool = Field(False, description="Also where somebody has edited: what stands there is lost")


class MoveIn(Closed):
    move: Literal["submit", "initial", "close_window", "return", "approve", "archive", "amend", "revoke"]
    revision: Revision
    reason: Reason = Field("", description="Needed to return, to close the window early, to amend and to revoke")
    days: int = Field(3, ge=0, le=14, description="With submit: how long participants may propose; 0: not at all")


class DutiesIn(Closed):
    """Ids of people of the hosting office. Null: whoever the default allows."""

    minute_taker: Id | None = None
    checkers: list[Id] = Field(default_factory=list, max_length=8, description="In the order in which they initial")
    chair: Id | None = None
    archivist: Id | None = None


class ProposalIn(Closed):
    statement: Id
    text: Trimmed = Field(min_length=1, max_length=4000)
    why: Why


class AnswerIn(Closed):
    accept: bool
    reason: Reason = Field("", description="Needed to refuse")


class SignatureIn(Closed):
    password: str = Field(min_length=1, max_length=200)
    sha256: Sha256 = Field(description="As it was shown to who signs: of what was approved")


class PersonOut(BaseModel):
    id: str
    name: str
    position: str


class DutiesOut(BaseModel):
    minute_taker: PersonOut | None = Field(description="Null: anybody of the secretariat of the host")
    checkers: list[PersonOut]
    chair: PersonOut | None = Field(description="Null: anybody who chairs for the host")
    archivist: PersonOut | None = Field(description="Null: anybody of the secretariat of the host")


class MayOut(BaseModel):
    """What the caller may do now."""

    draft: bool = False
    edit: bool = False
    submit: bool = False
    initial: bool = False
    close_window: bool = False
    return_: bool = Field(False, alias="return", serialization_alias="return")
    approve: bool = False
    sign: bool = False
    archive: bool = False
    amend: bool = False
    revoke: bool = False
    propose: bool = False
    answer: bool = False
    assign: bool = False


class InitialOut(BaseModel):
    name: str
    position: str
    at: datetime


class ReturnedOut(BaseModel):
    by: str
    at: datetime
    reason: str


class WindowOut(BaseModel):
    until: datetime


class AnswerOut(BaseModel):
    accepted: bool
    reason: str
    by: str
    at: datetime


class ProposalOut(BaseModel):
    id: str
    statement: str
    was: str = Field(description="What stood there when it was made")
    text: str
    why: str
    by: str
    position: str
    at: datetime
    answer: AnswerOut | None


class SignatureOut(BaseModel):
    duty: Signing
    name: str
    position: str
    at: datetime
    method: str


class VersionOut(BaseModel):
    number: int
    state: State
    sha256: str | None
    at: datetime = Field(description="When it was sealed, else when it was begun")


class HistoryOut(BaseModel):
    at: datetime
    by: str
    position: str
    move: str
    version: int
    reason: str


class NotulaOut(BaseModel):
    """Whoever is not of the host sees versions from their review on, and nothing of how they came about."""

    meeting_id: str
    version: int
    revision: int
    state: State
    content: Content
    may: MayOut
    duties: DutiesOut
    initials: list[InitialOut] = Field(description="Under the text as it is")
    returned: ReturnedOut | None
    window: WindowOut | None = Field(description="While participants may propose")
    proposals: list[ProposalOut]
    signatures: list[SignatureOut]
    code: str | None
    sha256: str | None = Field(description="Of what was approved, to be signed; once sealed, of what was sealed")
    versions: list[VersionOut]
    history: list[HistoryOut]


class StatementOut(BaseModel):
    id: str
    section: str
    text: str
    cites: list[str]


class ChangedOut(BaseModel):
    id: str
    section: str
    before: str
    after: str
    moved_from: str = Field("", description="Section in which it stood before; empty: the same")


class ComparisonOut(BaseModel):
    came: list[StatementOut]
    went: list[StatementOut]
    changed: list[ChangedOut]
    facts: list[str] = Field(description="Fields of the head that differ")


class DifferenceOut(BaseModel):
    """A cited line where the record says something else than the machine heard."""

    line: str
    start: float = Field(description="Seconds of meeting time")
    speaker: str
    heard: str
    text: str


class SignerOut(BaseModel):
    duty: Signing
    name: str
    position: str
    at: datetime


class VerificationOut(BaseModel):
    """What a code belongs to. Names and posts of those who signed, and no other personal data."""

    code: str
    title: str
    date: str = Field(examples=["2020-07-20"])
    host: str
    state: State
    version: int
    sha256: str
    signers: list[SignerOut]
    superseded_by: int | None = Field(description="The version that amends it")
    revoked: bool
    key: str = Field(description="Fingerprint of the key that sealed it")


Kind = Literal["pdf", "docx", "json", "unknown"]


class FileOut(BaseModel):
    """Whether a file is what was sealed or printed here. `why` where it is not."""

    matches: bool
    kind: Kind
    sha256: str = Field(description="Of the file")
    why: Literal["", "unknown", "not_sealed", "changed", "other_key", "not_signed", "not_kept"] = ""
    detail: str = Field(description="For people")
    code: str | None = None
    of: VerificationOut | None = None


def moment(at: int) -> datetime:
    """Of Unix milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC)
