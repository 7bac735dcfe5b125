"""Who leads the meeting, and whose word directs the offices. PURE."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.notula.content import NOBODY, Who
from minutes.notula.drafting.reading import either, plain
from minutes.notula.drafting.turns import Sentence, Turn
from minutes.notula.material import Material

_BODY = r"(?:rapat|rakor|sidang|pleno|kegiatan|pertemuan)"
_WE = r"(?:saya|kami|kita|secara resmi|resmi|dengan ini)"
_DECLARE = r"(?:nyatakan|menyatakan)"
OPENED = re.compile(
    either(
        rf"""{_WE}(?: \S+){{0,3}} {_DECLARE}(?: \S+){{0,3}} (?:di ?buka|terbuka)
        / {_BODY}(?: \S+){{0,12}} (?:{_WE}|{_DECLARE}) (?:di ?)?buka
        / (?:saya|kami|kita) (?:membuka|buka)(?: \S+){{0,3}} {_BODY}"""
    )
)
CLOSED = re.compile(
    either(
        rf"""{_WE}(?: \S+){{0,3}} {_DECLARE}(?: \S+){{0,3}} (?:di ?tutup?|selesai|berakhir)
        / {_BODY}(?: \S+){{0,12}} (?:{_WE}|{_DECLARE}) (?:di ?)?tutup?
        / (?:saya|kami|kita) (?:menutup|tutup)(?: \S+){{0,3}} {_BODY}"""
    )
)
_PRINCIPAL = re.compile(
    r"(?:plt |plh )?(?:(?:wakil )?ketua|anggota|komisioner|sekretaris|sekjen|deputi|kepala biro|kabiro)(?: .*)?"
)


@dataclass(frozen=True, slots=True)
class Presiding:
    """`chair`: who leads; `others`: names of those that lead with them (moderator, secretary)."""

    chair: Who
    host: str
    others: frozenset[str] = frozenset()

    def leads(self, speaker: Who) -> bool:
        """Puts to the meeting what it decides."""
        return bool(speaker.name) and (speaker.name == self.chair.name or speaker.name in self.others)

    def directs(self, speaker: Who) -> bool:
        """Leads, or is one of the principals of the office that has called the meeting."""
        of_host = speaker.office == self.host or (self.chair != NOBODY and speaker.office == self.chair.office)
        principal = _PRINCIPAL.fullmatch(plain(speaker.position)) is not None
        return self.leads(speaker) or (of_host and principal and bool(speaker.name))


def presiding(material: Material, turns: Sequence[Turn]) -> Presiding:
    """Where nobody is named as chair, whoever opened the meeting was, else whoever of the host spoke most often."""
    chair = material.chair if material.chair.name else _opener(turns) or _of_host(material, turns)
    others = frozenset({material.moderator.name} - {""})
    return Presiding(chair, material.host, others)


def opening(turns: Sequence[Turn]) -> Sentence | None:
    """The sentence that opened the meeting: in the first third, for "dibuka" is said of other things too."""
    early = turns[: len(turns) // 3 + 2]
    return next((said for turn in early for said in turn.sentences if OPENED.search(said.plain)), None)


def closing(turns: Sequence[Turn]) -> Sentence | None:
    late = turns[-(len(turns) // 3 + 2) :]
    return next(
        (said for turn in reversed(late) for said in reversed(turn.sentences) if CLOSED.search(said.plain)), None
    )


def _opener(turns: Sequence[Turn]) -> Who | None:
    said = opening(turns)
    return said.speaker if said is not None and said.speaker.name else None


def _of_host(material: Material, turns: Sequence[Turn]) -> Who:
    spoke = Counter(turn.speaker for turn in turns if turn.speaker.office == material.host and turn.speaker.name)
    return spoke.most_common(1)[0][0] if spoke else NOBODY
