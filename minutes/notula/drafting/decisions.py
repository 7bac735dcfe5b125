"""What the meeting decided: points read out as its decisions, and sentences that settle a matter. PURE.

Only whoever leads settles one. No decision of the meeting: what a court or another body decided and somebody reports,
what is put off or refused, what is asked, and what anybody else only claims to have been decided.
"""

from __future__ import annotations

import re

from minutes.notula.content import Agreed
from minutes.notula.drafting import binding, roots
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.presiding import CLOSED, OPENED
from minutes.notula.drafting.reading import either
from minutes.notula.drafting.readings import ReadOut, is_numbered, read_out
from minutes.notula.drafting.settling import (
    ASKED,
    ASSENT,
    DESCRIBES,
    FILLS,
    HEADS,
    LEADS_IN,
    OBLIGES,
    PROPOSED,
    PUT,
    SETTLE,
    SETTLED,
    STATES,
    TAG,
    WE,
    WHETHER,
    YES,
    trigger,
)
from minutes.notula.drafting.turns import Sentence

FEWEST, FEWEST_ROOTS = 3, 3  # words, and roots of words, that say something of the matter
TAKEN_UP = 6  # sentences back


def decisions(course: Course) -> list[Found]:
    """In the order they were made; each matter once."""
    listed = list(read_out(course))
    points = {id(each.said) for each in listed}
    found = [made for each in listed if _binds(each) and (made := _point(course, each)) is not None]
    found += [
        made for said in course.sentences() if id(said) not in points and (made := _settled(course, said)) is not None
    ]
    return binding.merged(sorted(found, key=lambda each: each.sentence.start))


def described(course: Course) -> list[Found]:
    """Points of a list that say how things are, and bind nobody."""
    return [made for each in read_out(course) if not _binds(each) and (made := _point(course, each)) is not None]


def _goes_on(course: Course, said: Sentence) -> Sentence | None:
    """Of "Yang pertama soal gudang. Gudang harus siap besok." the second."""
    after = course.after(said, 1)
    goes_on = bool(after) and after[0].turn == said.turn and not course.asks(after[0])
    return after[0] if goes_on and not is_numbered(after[0].plain) else None


def how(found: Found) -> Agreed:
    said = found.sentence.plain
    rows: tuple[tuple[str, Agreed], ...] = (
        ("aklamasi", "aklamasi"),
        (r"voting / pemungutan suara terbanyak / suara terbanyak", "suara"),
        (r"\S*sepakat\S* / musyawarah\S* / mufakat / setuju", "musyawarah"),
    )
    return next((named for words, named in rows if re.search(either(words), said) is not None), "")


def _binds(point: ReadOut) -> bool:
    if _asks(point.said):
        return False
    matter = point.said.plain[point.plain_from :]
    describes = DESCRIBES.search(matter) is not None
    return not describes if point.decided else OBLIGES.search(matter) is not None and not describes


def _point(course: Course, point: ReadOut) -> Found | None:
    """Without its number, and without "diputuskan bahwa"."""
    said = point.said
    start = point.plain_from
    heading = re.match(rf"(?:{WE} )?(?:{SETTLE}|diputuskan|disepakati|ditetapkan|disetujui)", said.plain[start:])
    if heading is not None:
        start = _matter(said.plain, start + heading.end())
    text = binding.quoted(said.text[said.reading.start(start) :])
    if len(roots.roots(text)) < FEWEST_ROOTS and (rest := _goes_on(course, said)) is not None:
        return Found(f"{text} {binding.quoted(rest.text)}".strip(), said, also=(rest,), list_number=point.number)
    return Found(text, said, list_number=point.number) if len(text.split()) > 1 else None


def _settled(course: Course, said: Sentence) -> Found | None:
    if not course.leads(said) or OPENED.search(said.plain) or CLOSED.search(said.plain):
        return None
    settled = trigger(said.plain)
    if settled is None or (_asks(said, settled.start()) and not _agreed(course, said)):
        return None
    if HEADS.search(said.plain, settled.start()) is not None:
        return None
    before, place = LEADS_IN.sub("", said.plain[: settled.start()]), _matter(said.plain, settled.end())
    after = binding.quoted(said.text[said.reading.start(place) :])
    if STATES.search(said.plain, settled.end()) is not None:
        return None
    introduced = settled.re is SETTLED and (place > settled.end() + 1 or not roots.roots(before))
    if introduced and len(after.split()) >= FEWEST:
        return Found(after, said)
    if len(roots.roots(said.plain)) - introduced >= FEWEST_ROOTS:
        return Found(_put(said.text), said)
    return _taken_up(course, said)


def _taken_up(course: Course, said: Sentence) -> Found | None:
    """What was said or proposed just before is settled by "disepakati ya."."""
    matter = next((each for each in course.before(said, TAKEN_UP) if _is_matter(course, each)), None)
    if matter is None:
        return None
    return Found(_put(matter.text), matter, also=(said,))


def _put(text: str) -> str:
    """What was put as a question and settled is no question any more."""
    return binding.quoted(PUT.sub("", text).rstrip(" ?"))


def _is_matter(course: Course, said: Sentence) -> bool:
    """Whoever leads said it, or somebody proposed it; not whether anybody objects."""
    enough = len(roots.roots(said.text)) >= FEWEST_ROOTS
    return (
        enough
        and WHETHER.search(said.plain) is None
        and (course.leads(said) or PROPOSED.search(said.plain) is not None)
    )


def _matter(said: str, end: int) -> int:
    """Where in plain words the matter begins that is settled."""
    full = FILLS.match(said, end)
    return (full.end() if full is not None else end) + 1


def _asks(said: Sentence, before: int | None = None) -> bool:
    asked = ASKED.search(said.plain[:before])
    return said.text.rstrip().endswith("?") or asked is not None


def _agreed(course: Course, said: Sentence) -> bool:
    """It was put as "sepakat ya?", and nobody said no; as a plain question, somebody said yes in so many words."""
    if TAG.search(said.plain) is None:
        return False
    answers = [each.plain for each in course.after(said, 4) if not course.leads(each)][:2]
    plainly = ASKED.search(said.plain) is None or any(YES.match(each) is not None for each in answers)
    return plainly and bool(answers) and all(ASSENT.match(each) is not None for each in answers)
