from __future__ import annotations

from datetime import date
from itertools import chain

import pytest

from minutes.notula.content import Content, Contribution, cited
from minutes.notula.drafting import draft, uncited, wording
from minutes.notula.drafting.reading import Reading, either
from minutes.notula.drafting.splitting import sentences
from minutes.notula.drafting.turns import turns
from minutes.notula.material import Item, Noted
from tests.minutes.notula.drafting.spoken import CHAIR, HEAD, MARIA, line, material


def said(content: Content) -> list[Contribution]:
    return list(chain.from_iterable(each.contributions for each in content.discussion))


def test_a_sentence_that_was_cut_into_lines_is_one_and_cites_them_all() -> None:
    found = turns(
        material(
            (MARIA, "Kami melaporkan bahwa gudang"), (MARIA, "sudah siap. Kendala kami"), (MARIA, "hanya listrik.")
        )
    )
    assert [(each.text, each.cites) for each in found[0].sentences] == [
        ("Kami melaporkan bahwa gudang sudah siap.", ("l1", "l2")),
        ("Kendala kami hanya listrik.", ("l2", "l3")),
    ]


def test_a_word_thrown_in_ends_no_turn() -> None:
    found = turns(material((MARIA, "Kami sudah"), (CHAIR, "Ya."), (MARIA, "mengirim laporan itu.")))
    assert [each.sentences[0].text for each in found] == ["Kami sudah mengirim laporan itu.", "Ya."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sesuai Pasal 5 No. 12 kami lapor. Lalu selesai.", ["Sesuai Pasal 5 No. 12 kami lapor.", "Lalu selesai."]),
        ("Kesempatan pertama, silakan.", ["Kesempatan pertama, silakan."]),
        (
            "Saya bacakan, pertama, tim dibentuk, kedua, laporan.",
            ["Saya bacakan,", "pertama, tim dibentuk,", "kedua, laporan."],
        ),
    ],
)
def test_where_sentences_begin(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize(
    ("heard", "quoted"),
    [
        ("Baik, terima kasih Ibu Ketua, eh kami kami melaporkan dua hal, Pak.", "Kami melaporkan dua hal."),
        ("Assalamualaikum warahmatullahi wabarakatuh. Selamat pagi Bapak Ibu sekalian.", ""),
        ("Para peserta rapat menyepakati jadwal itu", "Para peserta rapat menyepakati jadwal itu."),
        ("Terima kasih kepada KPU Sumbar yang hadir.", "Terima kasih kepada KPU Sumbar yang hadir."),
        ("Sesuai Pasal 5 huruf e kami tidak tidak setuju", "Sesuai Pasal 5 huruf e kami tidak tidak setuju."),
    ],
)
def test_courtesies_and_hesitations_go_and_nothing_else(heard: str, quoted: str) -> None:
    assert wording.cleaned(heard) == quoted


def test_the_way_back_from_plain_words_to_the_text() -> None:
    reading = Reading("Kedua, Biro Hukum (Setjen) menyusun 1.250 pedoman.")
    assert reading.plain == "kedua biro hukum setjen menyusun 1.250 pedoman"
    at = reading.plain.index("biro")
    assert reading.text[reading.start(at) : reading.end(reading.plain.index(" menyusun"))] == "Biro Hukum (Setjen"
    assert either("biro hukum / setjen") != ""


def test_who_asks_who_answers_who_objects() -> None:
    content = draft(
        material(
            (MARIA, "Kami bertanya, apakah dokumen dapat dikirim secara elektronik?"),
            (HEAD, "Dokumen dapat dikirim secara elektronik sebelum sidang."),
            (MARIA, "Kami keberatan dengan jadwal yang terlalu pendek itu."),
            (MARIA, "Kalau boleh satu lagi."),
            (CHAIR, "Kami minta laporan dikirim segera setelah rapat ini."),
        )
    )
    assert [each.manner for each in said(content)] == ["question", "response", "objection", "direction"]


def test_points_of_the_agenda_part_what_was_said() -> None:
    items = (Item("Pembukaan", 0, 15), Item("Laporan", 15, 35), Item("Lain-lain", 35))
    content = draft(
        material(
            (CHAIR, "Rapat koordinasi ini saya nyatakan dibuka."),
            (MARIA, "Gudang kami sudah siap menerima logistik."),
            (HEAD, "Pedoman teknis sudah kami susun kemarin."),
            (CHAIR, "Baik, dengan demikian rapat saya nyatakan ditutup."),
            items=items,
        )
    )
    assert [(each.item, len(each.contributions)) for each in content.discussion] == [("Laporan", 2)]
    assert [each.text for each in content.opening] == ["Rapat koordinasi ini saya nyatakan dibuka."]
    assert [(each.text, each.cites) for each in content.closing] == [
        ("Dengan demikian rapat saya nyatakan ditutup.", ("l4",))
    ]


def test_regulations_that_were_named_stand_beside_what_was_said() -> None:
    content = draft(material((MARIA, "Menurut PKPU 5/2020 dan UU 10/2016 tahapan itu sudah mulai.")))
    assert said(content)[0].law == ("pkpu:2020:5", "uu:2016:10")


def test_what_was_noted_cites_what_was_being_said_about_it() -> None:
    noted = (
        Noted("a", "decision", "Setiap provinsi membentuk tim sengketa", at=31.0),
        Noted("b", "follow_up", "Kirim laporan akhir", at=40.0, who="Kaltara", due="2020-07-20"),
        Noted("c", "problem", "Sinyal lemah", at=900.0, stage="Kampanye"),
        Noted("d", "decision", "Sesuatu yang tidak terdengar", at=900.0),
    )
    content = draft(
        material(
            (MARIA, "Di daerah kami belum ada tim."),
            (CHAIR, "Jadi setiap provinsi membentuk tim penyelesaian sengketa."),
            (CHAIR, "Laporan akhir mohon dikirim."),
            noted=noted,
        )
    )
    assert ("n-a", ("l2",)) in [(each.id, each.cites) for each in content.decisions]
    assert [each.id for each in content.decisions if each.origin == "noted"] == ["n-a"]
    followed = next(each for each in content.follow_ups if each.id == "n-b")
    assert followed.due == date(2020, 7, 20)
    assert "l3" in followed.cites
    assert [(each.text, each.stage, each.cites) for each in content.problems] == [("Sinyal lemah.", "Kampanye", ())]
    assert [each.id for each in uncited(material(noted=noted))] == ["a", "b", "d"]


def test_nothing_is_made_of_nothing() -> None:
    content = draft(material())
    assert cited(content) == frozenset()
    assert content.title == "Rakor penyelesaian sengketa"


def test_an_unending_transcript_is_a_draft_within_its_bounds() -> None:
    long = tuple(
        line(number, (CHAIR, MARIA)[number % 2], "Kami lapor gudang " * 9, number * 9.0) for number in range(1, 1500)
    )
    content = draft(material(lines=long))
    assert all(len(each.contributions) <= 500 for each in content.discussion)
    endless = draft(material(lines=(line(1, MARIA, "kata " * 20_000, 0.0),)))
    assert len(said(endless)[0].text) <= 4000
