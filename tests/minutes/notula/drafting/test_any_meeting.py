"""What holds of a draft whatever was said."""

from __future__ import annotations

import re
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.notula.content import MOST, Content, cited, statements
from minutes.notula.drafting import draft
from minutes.notula.drafting.reading import Reading, plain
from minutes.notula.material import Item, Noted
from tests.minutes.notula.drafting.scripts import rakor_1, scripts
from tests.minutes.notula.drafting.spoken import CHAIR, HEAD, MARIA, line, material

PHRASES = """
kita putuskan bahwa / pertama, / kedua, / saya bacakan kesimpulan rapat. / setiap provinsi / Biro Hukum
menyusun pedoman / paling lambat / tanggal 20 Juli / hari Senin / Sepakat ya? / Setuju. / tolong / Ibu Maria
kami kirim besok. / eh / Pak, / apakah / Bawaslu memutuskan / tidak / kendala logistik / Terima kasih. / … / ?
Pasal 5 PKPU / rapat saya tutup
""".replace("\n", " / ").split(" / ")
SAID = st.lists(st.sampled_from(PHRASES) | st.text(max_size=12), min_size=1, max_size=14).map(" ".join)
MEETINGS = st.lists(st.tuples(st.sampled_from((CHAIR, HEAD, MARIA)), SAID), max_size=10)


def words(text: str) -> list[str]:
    return plain(text).split()


@given(said=MEETINGS, at=st.floats(0, 120))
@settings(max_examples=15, deadline=None)
def test_every_statement_cites_lines_that_were_spoken(said: list[tuple[object, str]], at: float) -> None:
    noted = (
        Noted("n1", "decision", "Setiap provinsi menyusun pedoman", at),
        Noted("n2", "follow_up", "Kirim laporan", at),
    )
    meeting = material(*said, noted=noted, items=(Item("Pembukaan", 0, 15), Item("Laporan", 15, 60)))  # type: ignore[arg-type]
    content = draft(meeting)
    assert cited(content) <= {each.id for each in meeting.lines}
    assert Content.model_validate_json(content.model_dump_json()) == content
    assert draft(meeting) == content


def test_no_word_is_in_a_draft_that_nobody_said_or_noted() -> None:
    """In the order in which they were said, too, within one line or sentence."""
    meetings = [rakor_1(False), rakor_1(True), *scripts("tuned")]
    for script in meetings:
        by_id = {each.id: each for each in script.material.lines}
        for each in statements(draft(script.material)):
            said = list(chain.from_iterable(words(by_id[number].text) for number in each.cites))
            assert set(words(each.text)) <= set(said), each.text


def test_a_section_holds_no_more_than_it_may() -> None:
    asked = "Tolong kabupaten {} mengirim berkas {} ke gudang {}."
    lines = tuple(
        line(number, CHAIR, asked.format(f"a{number}x", f"b{number}y", f"c{number}z"), number * 9.0)
        for number in range(1, 530)
    )
    content = draft(material(lines=lines))
    assert len(content.directions) == MOST


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_plain_words_lead_back_to_the_text(text: str) -> None:
    reading = Reading(text)
    for match in re.finditer(r"\S+", reading.plain):
        found = text[reading.start(match.start()) : reading.end(match.end())]
        assert found.casefold() == match[0]
