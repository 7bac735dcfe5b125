"""What whoever leads concludes: how things are, without laying anything on anybody. PURE."""

from __future__ import annotations

import re

from minutes.notula.drafting import binding
from minutes.notula.drafting.binding import Course, Found
from minutes.notula.drafting.decisions import described
from minutes.notula.drafting.reading import either

_CONCLUDES = re.compile(
    either(
        r"""(?:saya|kita|kami|dapat|bisa)(?: dapat| bisa)? (?:simpulkan|disimpulkan|menyimpulkan)(?: bahwa)?
        / disimpulkan bahwa
        / kesimpulannya(?: adalah)? / sebagai kesimpulan"""
    )
)
FEWEST = 4


def conclusions(course: Course) -> list[Found]:
    found = [*described(course)]
    for said in course.sentences():
        concludes = _CONCLUDES.search(said.plain)
        if concludes is None or not course.leads(said) or said.text.rstrip().endswith("?"):
            continue
        text = binding.quoted(said.text[said.reading.start(concludes.end() + 1) :])
        following = course.after(said, 1)
        if len(text.split()) >= FEWEST:
            found.append(Found(text, said))
        elif following and following[0].turn == said.turn and following[0].text.strip():
            found.append(Found(binding.quoted(following[0].text), following[0], also=(said,)))
    return binding.merged(each for each in found if each.text)
