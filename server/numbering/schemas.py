"""Numbers of letters over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from server.auth.schemas import Closed
from server.numbering.models import LetterNumber
from server.numbering.templates import CODES, DEFAULT, Scheme, written

NumberedKind = Literal["notula", "risalah", "tindak-lanjut", "berita-acara"]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class Codes(Closed):
    """For {jenis}, by kind of paper."""

    notula: Code = CODES["notula"]
    risalah: Code = CODES["risalah"]
    tindak_lanjut: Code = Field(CODES["tindak-lanjut"], alias="tindak-lanjut")
    berita_acara: Code = Field(CODES["berita-acara"], alias="berita-acara")


class SchemeIn(Closed):
    template: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)] = Field(
        description="With {no}, {klasifikasi}, {jenis}, {unit}, {satker}, {bulan_romawi}, {tahun}", examples=[DEFAULT]
    )
    classification: Code = Field(description="For {klasifikasi}", examples=["HK.04"])
    unit: Code = Field("", description="For {unit}", examples=["08"])
    office: Code = Field("", description="For {satker}", examples=["KPU-Prov"])
    codes: Codes
    following: int | None = Field(None, ge=1, le=99_999, description="The next number of this year; null: as counted")
    version: int = Field(ge=0, description="As it was read; another one has been changed by somebody else")

    def scheme(self) -> Scheme:
        return Scheme(self.template, self.classification, self.unit, self.office, self.codes.model_dump(by_alias=True))


class SchemeOut(BaseModel):
    """`example`: what the next number of a berita acara would be."""

    template: str
    classification: str
    unit: str
    office: str
    codes: dict[str, str]
    following: int
    example: str
    version: int
    may_change: bool

    @classmethod
    def of(cls, scheme: Scheme, counted: int, day: date, version: int, may_change: bool) -> SchemeOut:
        return cls(
            template=scheme.template,
            classification=scheme.classification,
            unit=scheme.unit,
            office=scheme.office,
            codes=dict(scheme.codes),
            following=counted + 1,
            example=written(scheme, "berita-acara", counted + 1, day),
            version=version,
            may_change=may_change,
        )


class NewNumber(Closed):
    number: str = Field("", max_length=200, description="One that was given elsewhere; empty: the office's next one")


class NumberOut(BaseModel):
    """`running` null: it was given elsewhere."""

    kind: NumberedKind
    number: str = Field(examples=["41/HK.04-BA/08/2026"])
    running: int | None
    by: str
    at: datetime

    @classmethod
    def of(cls, row: LetterNumber) -> NumberOut:
        return cls.model_validate({**row.model_dump(), "by": row.by_name})
