"""What each turn adds to the discussion: its weightiest sentences as they were said, with their lines. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from minutes.notula.content import MOST, MOST_CITED, Contribution, Discussion
from minutes.notula.drafting import manners, wording
from minutes.notula.drafting.presiding import CLOSED, OPENED, Presiding, closing, opening
from minutes.notula.drafting.reading import either, plain
from minutes.notula.drafting.turns import Sentence, Turn, once
from minutes.notula.material import Material, Spoken

LONGEST = 900  # characters of one contribution: a third of a page
MOST_SENTENCES = 8
FEWEST_WORDS = 4  # "Siap, Bu Ketua." is nothing to be noted
_OPENS, _CLOSES = re.compile(r"^pembukaan\b", re.IGNORECASE), re.compile(r"^penutup(?:an)?\b", re.IGNORECASE)
# What runs the meeting and says nothing about its matter.
_PROCEDURE = re.compile(
    either(
        r"""(?:(?:saya|kami|kita) (?:per)?)?silakan(?: \S+){0,8}
        / (?:mohon|tolong) (?:mik\S*|suara\S*|kamera\S*)(?: \S+)*
        / (?:suara|mik\S*|kamera|gambar|layar)(?: \S+){0,4} (?:terdengar|putus|hilang|mati|terlihat)(?: \S+){0,4}
        / (?:halo|tes)(?: \S+){0,4}
        / sekarang kita masuk(?: \S+){0,6}
        / kesempatan(?: \S+){0,10}
        / (?:saya|kami) bacakan (?:kesimpulan|keputusan)(?: \S+){0,3}
        / (?:demikian|sekian)(?: \S+){0,6}
        / (?:selanjutnya|berikutnya|kemudian) (?:dari|silakan|kita|saya)(?: \S+){0,8}
        / (?:wabillahi|wassalam\S*)(?: \S+)*"""
    )
)
_WEIGHTY = re.compile(
    either(
        r"""\d\S* / kendala / masalah / permasalahan / sengketa / gugatan / rekomendasi / putusan / wajib / harus
        / tidak / belum / usul\S* / mengusulkan / mohon / meminta / apakah / bagaimana / keberatan / kekurangan
        / memerlukan
        / membutuhkan / pasal / pkpu / anggaran / tahapan / potensi / risiko / paling lambat / karena itu / perlu"""
    )
)


def opened(turns: Sequence[Turn]) -> tuple[tuple[Sentence, ...], ...]:
    """Who opened the meeting and said what: all that was said under an item of that name, else the opening's turn."""
    named = [turn.sentences for turn in turns if _OPENS.match(turn.item)]
    said = opening(turns)
    if named or said is None:
        return tuple(named)
    turn = turns[said.turn].sentences
    return (turn[: turn.index(said) + 2],)


def closed(turns: Sequence[Turn]) -> tuple[tuple[Sentence, ...], ...]:
    named = [turn.sentences for turn in turns if _CLOSES.match(turn.item)]
    said = closing(turns)
    return tuple(named) if named or said is None else ((said,),)


def contribution(number: str, said: Sequence[Sentence], manner: Any = "remark") -> Contribution | None:
    """None where nothing was said but courtesies."""
    chosen = _weightiest(said)
    if not chosen:
        return None
    lines = once(line for each, _ in chosen for line in each.lines)
    return Contribution(
        id=number,
        text=" ".join(text for _, text in chosen)[: wording.LONGEST],
        cites=tuple(line.id for line in lines)[:MOST_CITED],
        origin="rule",
        speaker=said[0].speaker,
        manner=manner,
        law=law(lines),
    )


def discussions(
    material: Material, turns: Sequence[Turn], presiding: Presiding, apart: frozenset[Sentence]
) -> list[Discussion]:
    """By points of the agenda, as they came up. `apart`: sentences that stand elsewhere in the notula."""
    found: dict[str, list[Contribution]] = {}
    asked = False
    presenters = {each.name for each in material.presenters}
    for turn in turns:
        said = [each for each in turn.sentences if each not in apart]
        heard = " ".join(each.plain for each in said)
        leads = presiding.leads(turn.speaker)
        how = manners.manner(heard, asked, leads, _seconds(turn), turn.speaker.name in presenters)
        asked = manners.asks(heard) or (asked and leads)
        if (made := contribution(f"b{turn.number + 1}", said, how)) is not None:
            found.setdefault(turn.item, []).append(made)
    return [Discussion(item=item, contributions=_longest(made)) for item, made in found.items()][:MOST]


def law(lines: Iterable[Spoken]) -> tuple[str, ...]:
    """Regulations cited on these lines."""
    named = (str(each.get("regulation", "")) for line in lines for each in line.citations)
    return tuple(dict.fromkeys(key for key in named if key))


def _longest(made: list[Contribution]) -> tuple[Contribution, ...]:
    """Where there are more than a section holds, those that say most, in the order they came."""
    if len(made) <= MOST:
        return tuple(made)
    least = sorted((len(each.text) for each in made), reverse=True)[MOST - 1]
    return tuple(each for each in made if len(each.text) >= least)[:MOST]


def _weightiest(said: Sequence[Sentence]) -> list[tuple[Sentence, str]]:
    """In the order they were said: the first, then those that weigh most, until they fill the space."""
    worded = [(each, text) for each in said if (text := noteworthy(each))]
    ranked = sorted(range(len(worded)), key=lambda at: (-_weight(worded[at][0], at), at))
    chosen: list[int] = []
    length = 0
    for at in ranked[:MOST_SENTENCES]:
        length += len(worded[at][1]) + 1
        if not chosen or length <= LONGEST:
            chosen.append(at)
    return [worded[at] for at in sorted(chosen)]


def noteworthy(said: Sentence) -> str:
    """What it says without courtesies; "" where it only runs the meeting."""
    text = wording.cleaned(said.text)
    runs = _PROCEDURE.fullmatch(plain(text)) is not None and not (
        OPENED.search(said.plain) or CLOSED.search(said.plain)
    )
    return "" if runs or len(text.split()) < FEWEST_WORDS else text


def _weight(said: Sentence, at: int) -> float:
    return len(_WEIGHTY.findall(said.plain)) + (2 if at == 0 else 0)


def _seconds(turn: Turn) -> float:
    return turn.lines[-1].end - turn.start
