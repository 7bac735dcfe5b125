from __future__ import annotations

from datetime import date

import pytest

from minutes.notula.content import Content, FollowUp
from minutes.notula.drafting import draft
from minutes.notula.drafting.due import due
from minutes.notula.drafting.owners import Directory, Owners, owners
from minutes.notula.drafting.reading import plain
from minutes.notula.material import Office
from tests.minutes.notula.drafting.spoken import CHAIR, HEAD, MARIA, OFFICES, material

THURSDAY = date(2020, 7, 9)
DIRECTORY = Directory(OFFICES, (CHAIR, HEAD, MARIA))
ALL = Owners(everybody=True)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("paling lambat hari Senin", "2020-07-13"),
        ("paling lambat Jumat ini", "2020-07-10"),
        ("Jumat minggu depan", "2020-07-17"),
        ("tanggal 15 Juli", "2020-07-15"),
        ("paling lambat tanggal dua puluh Juli", "2020-07-20"),
        ("paling lambat, tanggal 20 Juli", "2020-07-20"),
        ("sebelum tanggal 25", "2020-07-25"),
        ("sampai dengan 12 September 2020", "2020-09-12"),
        ("tanggal 5 Januari", "2021-01-05"),
        ("satu minggu sesudah ini", "2020-07-16"),
        ("seminggu dari sekarang", "2020-07-16"),
        ("dalam dua minggu ke depan", "2020-07-23"),
        ("selambat-lambatnya 3 hari sesudah rapat ini", "2020-07-12"),
        ("dalam waktu tiga hari kerja", "2020-07-14"),
        ("satu bulan lagi", "2020-08-09"),
        ("paling lambat akhir bulan ini", "2020-07-31"),
        ("paling lambat akhir Oktober", "2020-10-31"),
        ("minggu ini juga", "2020-07-10"),
        ("minggu depan", "2020-07-17"),
        ("besok sore", "2020-07-10"),
        ("lusa", "2020-07-11"),
        ("hari ini juga", "2020-07-09"),
        ("hari Minggu", "2020-07-12"),
        ("paling lambat tanggal 12, eh maaf, tanggal 14 Juli", "2020-07-14"),
        ("bukan tanggal 12 Juli tetapi tanggal 14 Juli", "2020-07-14"),
        ("dokumen tanggal 11 Juli dikirim paling lambat tanggal 15 Juli", "2020-07-15"),
        ("setiap akhir bulan", None),
        ("setiap hari Jumat", None),
        ("mulai minggu depan", None),
        ("tujuh hari sejak rekomendasi diterima", None),
        ("paling lambat tujuh hari sejak rekomendasi diterima", None),
        ("tanggal 6 Juli kemarin", None),
        ("tanggal 31 April", None),
        ("paling lambat secepatnya", None),
        ("hari Senin atau hari Rabu", None),
        ("tanggal 99", None),
        ("", None),
    ],
)
def test_by_when(said: str, day: str | None) -> None:
    assert due(said, THURSDAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Biro Hukum menyusun pedoman teknis", Owners(words=("Biro Hukum",))),
        ("pedoman akan disusun oleh Biro Hukum", Owners(words=("Biro Hukum",))),
        ("setiap provinsi membentuk tim", ALL),
        ("KPU Provinsi wajib melaporkan hasilnya", ALL),
        ("saya minta Papua dan Papua Barat mengirim daftar alat bukti", Owners(offices=("papua", "papuabarat"))),
        ("untuk Kaltara tolong segera dilaporkan", Owners(offices=("kaltara",))),
        ("Sekretaris KPU Sumatera Barat agar menunjuk operator", Owners(offices=("sumbar",))),
        ("Ibu Maria tolong kirim datanya", Owners(offices=("kaltara",))),
        ("Pak Bambang nanti siapkan suratnya", Owners(words=("Bambang Haryanto, Kepala Biro Hukum",))),
        ("laporan disampaikan kepada Biro Hukum", Owners()),
        ("Kaltara berkoordinasi dengan Papua", Owners(offices=("kaltara",))),
        ("dua provinsi segera melapor", Owners()),
        ("KPU Provinsi Jambi menyusun laporan", Owners()),
        ("setiap provinsi menghadapi kendala", Owners()),
    ],
)
def test_who(said: str, expected: Owners) -> None:
    assert owners(plain(said), DIRECTORY) == expected


def test_in_a_meeting_of_districts_these_are_everybody() -> None:
    offices = (Office("tarakan", "KPU Kota Tarakan", "KPU Tarakan"),)
    host = Directory(offices, ())
    assert owners("setiap kabupaten kota melaksanakan simulasi", host) == ALL
    national = owners("seluruh kabupaten kota melaksanakan simulasi", DIRECTORY)
    assert national == Owners(words=("KPU Kabupaten/Kota",))


def only(content: Content) -> FollowUp:
    assert len(content.follow_ups) == 1, [each.text for each in content.follow_ups]
    return content.follow_ups[0]


def test_a_decision_that_gives_work_is_followed_up() -> None:
    found = only(
        draft(material((CHAIR, "Diputuskan bahwa Biro Hukum menyusun pedoman paling lambat tanggal 20 Juli.")))
    )
    assert (found.owners, found.due, found.source, found.cites) == (("Biro Hukum",), date(2020, 7, 20), "k1", ("l1",))
    assert found.category == "regulasi"


def test_a_promise_counts_when_it_is_taken() -> None:
    promise = (MARIA, "Laporan akhir kami kirim hari Senin, Ibu.")
    taken = only(draft(material(promise, (CHAIR, "Baik, ditunggu."))))
    assert (taken.offices, taken.due) == (("kaltara",), date(2020, 7, 13))
    assert draft(material(promise, (HEAD, "Jaringan di gedung ini lambat."))).follow_ups == ()


def test_whom_a_direction_does_not_name_it_was_said_to() -> None:
    said = ((MARIA, "Berkas perkara itu belum kami kirim."), (CHAIR, "Tolong berkas perkaranya dikirim besok."))
    found = only(draft(material(*said)))
    assert (found.offices, found.due, found.source) == (("kaltara",), date(2020, 7, 10), "a1")


def test_a_day_that_is_put_right_after_holds() -> None:
    found = only(
        draft(
            material(
                (CHAIR, "Saya minta Sumatera Barat mengirim daftar saksi tanggal 14 Juli."),
                (MARIA, "Mohon maaf Ibu, itu hari pleno."),
                (CHAIR, "Oh ya, kalau begitu tanggal 16 Juli."),
            )
        )
    )
    assert (found.offices, found.due, found.cites) == (("sumbar",), date(2020, 7, 16), ("l1", "l3"))


@pytest.mark.parametrize(
    "said",
    [
        "Saya minta Ibu Maria menjelaskan kendala di lapangan.",
        "Mohon Bapak Ibu sekalian menjaga kesehatan selama tahapan.",
        "Saya harap seluruh provinsi meningkatkan koordinasi.",
        "Setiap rekomendasi wajib ditindaklanjuti paling lambat tujuh hari sejak diterima.",
        "Mohon mikrofonnya dimatikan dulu, Bapak Ibu sekalian.",
    ],
)
def test_what_runs_the_meeting_or_exhorts_everybody_is_no_work(said: str) -> None:
    assert draft(material((MARIA, "Kami sudah siap memaparkan."), (CHAIR, said))).follow_ups == ()


def test_problems_stand_under_their_stage() -> None:
    content = draft(
        material(
            (MARIA, "Kendala kami distribusi logistik ke Krayan hanya lewat udara."),
            (HEAD, "Pada tahapan pencalonan potensi sengketa paling besar."),
            (MARIA, "Sejauh ini tidak ada kendala di kabupaten lain."),
        )
    )
    assert [(each.stage, each.cites) for each in content.problems] == [("Logistik", ("l1",)), ("Pencalonan", ("l2",))]
