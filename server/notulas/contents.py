"""A content as somebody sends it: its shape, what binds, and that what it cites was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.notula.content import Content, cited
from minutes.record.models import Line
from server.errors import BadRequest

AT_ONCE = 500  # ids in one question to the database
SIZES = frozenset({"string_too_long", "too_long"})
NAMED: Mapping[str, tuple[str, str]] = {
    "uncited": ("uncited", "Kesimpulan, keputusan, arahan, dan tindak lanjut harus merujuk pada transkrip."),
    "two statements with one id": ("same_id", "Dua butir memiliki tanda pengenal yang sama. Muat ulang halaman."),
}


def content(said: object) -> Content:
    """Raises `BadRequest`: `uncited`, `same_id`, `too_long`, `invalid_content`, each with the place."""
    try:
        return Content.model_validate(said)
    except ValidationError as error:
        raise _refused(error.errors(include_url=False, include_input=False)[0]) from None


def unmeasured(before: Content, after: Content) -> None:
    """What was counted is not written by hand. Raises `BadRequest`."""
    if after.meeting_id != before.meeting_id:
        raise BadRequest("Naskah ini milik rapat lain.", code="other_meeting")
    if (after.votes, after.attendance) != (before.votes, before.attendance):
        raise BadRequest(
            "Daftar hadir dan hasil pemungutan suara diambil dari catatan rapat. Perbaiki di daftar hadir.",
            code="measured",
        )


async def said(session: AsyncSession, content: Content) -> None:
    """Raises `BadRequest` (`no_such_line`, with `lines`) where it rests on what is no line of this meeting."""
    wanted = sorted(cited(content))
    known: set[str] = set()
    for at in range(0, len(wanted), AT_ONCE):
        query = select(col(Line.id)).where(col(Line.meeting_id) == content.meeting_id)
        known.update(await session.scalars(query.where(col(Line.id).in_(wanted[at : at + AT_ONCE]))))
    if missing := [each for each in wanted if each not in known]:
        raise BadRequest(
            f"{len(missing)} rujukan tidak lagi ada dalam transkrip rapat ini. Pilih baris lain sebagai rujukan.",
            code="no_such_line",
            more={"lines": missing[:100]},
        )


def _refused(error: ErrorDetails) -> BadRequest:
    place = ".".join(str(each) for each in error["loc"])
    reason: Any = error.get("ctx", {}).get("error", "")
    code, detail = NAMED.get(str(reason), ("invalid_content", f"Naskah notula tidak dapat dibaca: {error['msg']}"))
    if error["type"] in SIZES:
        code, detail = "too_long", "Bagian ini terlalu panjang."
    return BadRequest(f"{place}: {detail}" if place else detail, code=code, more={"place": list(error["loc"])})
