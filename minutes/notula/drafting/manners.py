"""In what manner somebody spoke: the first row that fits tells. PURE."""

from __future__ import annotations

import re

from minutes.notula.content import Manner
from minutes.notula.drafting.reading import either

_QUESTION = either(
    r"""apakah / bagaimana(?:kah)? / kapan(?:kah)? / siapa(?:kah)? / berapa(?:kah)? / mengapa / kenapa / bertanya
    / pertanyaan / menanyakan / mohon penjelasan / mohon arahan / minta penjelasan"""
)
_PROPOSAL = either(
    r"""mengusulkan / usul / usulan(?: kami| saya)? / usul(?:kan)? agar / menyarankan / saran(?: kami| saya)?
    / sebaiknya / alangkah baiknya
    / kami harap(?:kan)? / kami minta / mohon agar / mohon (?:kiranya|dapat|untuk) / diusulkan
    / memerlukan / membutuhkan / memohon"""
)
_OBJECTION = either(
    r"""keberatan / tidak setuju / kurang setuju / tidak sependapat / tidak sepakat / kami menolak / saya menolak
    / kami berbeda pendapat / belum bisa (?:menerima|menyetujui) / kurang sependapat"""
)
_NO_OBJECTION = either(
    r"tidak (?:ada )?(?:yang )?keberatan / tanpa keberatan / ada (?:yang )?keberatan / tak ada keberatan"
)
_DIRECTION = either(
    r"""harap / diharapkan / diharap / diminta / saya minta / kami minta / wajib / harus / agar / mohon / jangan
    / pastikan / segera / tolong / diwajibkan / diinstruksikan"""
)
_PRESENTATION = either("paparan / memaparkan / materi / presentasi / paparkan / salindia / slide")
PRESENTED_S = 40.0  # who speaks so long without being asked anything presents


def manner(plain: str, asked: bool, leads: bool, seconds: float, presents: bool) -> Manner:
    """`asked`: somebody put a question just before. `leads`: the speaker directs the meeting or the offices in it."""
    objects = re.search(_OBJECTION, re.sub(_NO_OBJECTION, "", plain)) is not None
    rows: tuple[tuple[bool, Manner], ...] = (
        (objects, "objection"),
        (not leads and _has(_QUESTION, plain), "question"),
        (not leads and not asked and _has(_PROPOSAL, plain), "proposal"),
        (presents and (_has(_PRESENTATION, plain) or seconds >= PRESENTED_S) and not asked, "presentation"),
        (asked, "response"),
        (leads and _has(_DIRECTION, plain), "direction"),
        (leads and _has(_QUESTION, plain), "question"),
        (_has(_PROPOSAL, plain), "proposal"),
        (_has(_PRESENTATION, plain) and seconds >= PRESENTED_S, "presentation"),
    )
    return next((named for fits, named in rows if fits), "remark")


def asks(plain: str) -> bool:
    return _has(_QUESTION, plain)


def _has(pattern: str, plain: str) -> bool:
    return re.search(pattern, plain) is not None
