from __future__ import annotations

import pytest

from minutes.notula.content import Content
from minutes.notula.drafting import draft
from minutes.notula.material import Noted
from tests.minutes.notula.drafting.scripts import rakor_1
from tests.minutes.notula.drafting.spoken import CHAIR, HEAD, MARIA, material


def decided(content: Content) -> list[str]:
    return [each.text for each in content.decisions]


@pytest.mark.parametrize(
    ("said", "decision"),
    [
        ("Jadi kita putuskan bahwa laporan dikirim setiap Jumat.", "Laporan dikirim setiap Jumat."),
        ("Baik, disepakati ya, sidang dihadiri kuasa hukum.", "Sidang dihadiri kuasa hukum."),
        ("Rapat memutuskan untuk menunda pelantikan PPS.", "Menunda pelantikan PPS."),
        ("Dengan ini ditetapkan bahwa rekapitulasi dimulai pukul 09.00 WIB.", "Rekapitulasi dimulai pukul 09.00 WIB."),
        (
            "Pemindahan gudang Nunukan ke gedung olahraga kita setujui, syaratnya dijaga polisi.",
            "Pemindahan gudang Nunukan ke gedung olahraga kita setujui, syaratnya dijaga polisi.",
        ),
        ("Tidak ada keberatan kita putuskan gudang cadangan dipakai.", "Gudang cadangan dipakai."),
        ("Kalau begitu kita sepakat anggaran sosialisasi dipotong separuh.", "Anggaran sosialisasi dipotong separuh."),
        (
            "Surat ke Bawaslu kita putuskan dikirim oleh provinsi.",
            "Surat ke Bawaslu kita putuskan dikirim oleh provinsi.",
        ),
        ("Jadi untuk simulasi kita pakai satu TPS saja.", "Jadi untuk simulasi kita pakai satu TPS saja."),
    ],
)
def test_what_whoever_leads_settles_is_a_decision(said: str, decision: str) -> None:
    content = draft(material((MARIA, "Kami menunggu arahan pimpinan rapat."), (CHAIR, said)))
    assert decided(content) == [decision]
    assert [each.cites for each in content.decisions] == [("l2",)]


@pytest.mark.parametrize(
    "said",
    [
        "Bawaslu memutuskan permohonan itu dikabulkan sebagian.",
        "Mahkamah Konstitusi dulu juga pernah memutuskan pemungutan suara ulang.",
        "Keputusan itu sudah disepakati oleh Bawaslu dan pemerintah daerah.",
        "Soal Sirekap saya belum mau memutuskan hari ini.",
        "Usul perpanjangan itu tidak bisa kita terima.",
        "Permohonan bantuan anggaran belum bisa kami setujui tahun ini.",
        "Honor saksi nanti kita putuskan di rapat berikutnya.",
        "Kalau disepakati anggaran, baru kita mulai pengadaan.",
        "Apakah kita putuskan sekarang soal honor saksi ahli?",
        "Kita tunggu sampai ada putusan pengadilan, jangan disetujui dulu.",
        "Tahun lalu kita memutuskan hal yang sama untuk logistik.",
        "Undang-undang menetapkan batas waktu tujuh hari.",
        "Rapat koordinasi ini dengan ini saya nyatakan ditutup.",
    ],
)
def test_what_is_reported_refused_asked_or_put_off_is_none(said: str) -> None:
    assert decided(draft(material((MARIA, "Kami menunggu arahan pimpinan rapat."), (CHAIR, said)))) == []


def test_only_whoever_leads_decides() -> None:
    assert decided(draft(material((MARIA, "Jadi kita putuskan bahwa laporan dikirim setiap Jumat.")))) == []


def test_a_short_yes_settles_what_was_proposed() -> None:
    content = draft(
        material(
            (MARIA, "Kami mengusulkan rapat berikutnya diadakan di Tanjung Selor."),
            (CHAIR, "Ada yang keberatan?"),
            (HEAD, "Tidak ada."),
            (CHAIR, "Baik, disepakati ya."),
        )
    )
    assert [(each.text, each.cites) for each in content.decisions] == [
        ("Kami mengusulkan rapat berikutnya diadakan di Tanjung Selor.", ("l1", "l4"))
    ]


@pytest.mark.parametrize(("answer", "count"), [("Sepakat, Bu.", 1), ("Kami keberatan, Bu, waktunya pendek.", 0)])
def test_a_question_of_assent_decides_when_nobody_objects(answer: str, count: int) -> None:
    asked = "Kita sepakat ya, rekapitulasi dimulai hari Senin?"
    assert len(decided(draft(material((CHAIR, asked), (MARIA, answer))))) == count


def test_a_list_that_is_read_out_is_its_points_across_what_others_throw_in() -> None:
    content = draft(
        material(
            (CHAIR, "Saya bacakan keputusan rapat. Yang pertama, tim sengketa dibentuk di setiap provinsi."),
            (MARIA, "Siap, Bu."),
            (CHAIR, "Yang kedua soal gudang. Gudang cadangan disiapkan oleh kabupaten."),
            (CHAIR, "Yang ketiga, honor saksi dibahas bulan depan."),
        )
    )
    assert [(each.text, each.cites) for each in content.decisions] == [
        ("Tim sengketa dibentuk di setiap provinsi.", ("l1",)),
        ("Soal gudang. Gudang cadangan disiapkan oleh kabupaten.", ("l3",)),
        ("Honor saksi dibahas bulan depan.", ("l4",)),
    ]


def test_how_things_are_is_a_conclusion() -> None:
    content = draft(
        material(
            (CHAIR, "Saya bacakan kesimpulan rapat kita."),
            (CHAIR, "Satu, koordinasi dengan pengadilan sudah berjalan baik."),
            (CHAIR, "Dua, setiap provinsi wajib melaporkan kendala jaringan."),
            (CHAIR, "Dapat disimpulkan bahwa kesiapan logistik masih kurang."),
        )
    )
    assert [each.text for each in content.conclusions] == [
        "Koordinasi dengan pengadilan sudah berjalan baik.",
        "Kesiapan logistik masih kurang.",
    ]
    assert decided(content) == ["Setiap provinsi wajib melaporkan kendala jaringan."]


def test_what_is_decided_and_read_out_again_is_one_and_cites_both() -> None:
    content = draft(
        material(
            (CHAIR, "Kita putuskan simulasi dilaksanakan seluruh provinsi sebelum tanggal 20 Juli."),
            (MARIA, "Baik, kami siap melaksanakan simulasi itu."),
            (CHAIR, "Saya ulangi keputusan rapat hari ini."),
            (CHAIR, "Pertama, simulasi dilaksanakan seluruh provinsi paling lambat 20 Juli."),
        )
    )
    assert [(each.text, each.cites) for each in content.decisions] == [
        ("Simulasi dilaksanakan seluruh provinsi paling lambat 20 Juli.", ("l1", "l4"))
    ]


def test_what_was_noted_is_not_listed_twice() -> None:
    noted = (Noted("x", "decision", "Tim penyelesaian sengketa dibentuk setiap provinsi", at=22.0),)
    said = ((CHAIR, "Diputuskan bahwa setiap provinsi membentuk tim penyelesaian sengketa."),)
    content = draft(material(*said, noted=noted))
    assert [(each.id, each.origin, each.cites) for each in content.decisions] == [("n-x", "noted", ("l1",))]


def test_a_law_that_is_named_is_the_basis() -> None:
    said = "Sesuai PKPU 5/2020 kita putuskan bahwa pendaftaran dibuka tanggal 4 September."
    content = draft(material((CHAIR, said)))
    assert content.decisions[0].basis == ("pkpu:2020:5",)


@pytest.mark.parametrize("heard", [False, True])
def test_rakor_1_has_its_three_decisions_and_the_follow_up_with_its_day(heard: bool) -> None:
    """As it was said, and as the product hears it."""
    script = rakor_1(heard)
    content = draft(script.material)
    assert len(content.decisions) == 3
    for expected, made in zip(script.decisions, content.decisions, strict=True):
        assert set(expected.lines) <= set(made.cites)
    dated = [each for each in content.follow_ups if each.due is not None]
    assert [(each.owners, str(each.due)) for each in dated] == [(("Biro Hukum",), "2020-07-20")]
    assert set(script.follow_ups[0].lines) <= set(dated[0].cites)
    assert dated[0].source == content.decisions[1].id
