"""Notulas as a secretariat would have them, with invented people: one of three pages, one of some forty."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from minutes.notula.content import (
    AgendaPoint,
    Attendance,
    Attendee,
    Conclusion,
    Content,
    Contribution,
    Decision,
    Direction,
    Discussion,
    FollowUp,
    Problem,
    Voting,
    Who,
)
from minutes.notula.documents.sheet import Break, Said, Sheet, Signed

OPENED = datetime(2026, 3, 12, 2, 5, tzinfo=UTC)  # Kamis, 09.05 WIB
PRINTED = OPENED + timedelta(days=1)
CODE = "K7QM-2XWA-HB5D-R3TN"
SHA256 = "9f2c41d07be65a13c8e4f0b72d96a58e3b1c7f60d4a29e85f716c03b8d5a4e21"
URL = f"https://rakor.example.go.id/verifikasi/{CODE}"
HOST, KALTARA, SULSEL, MALUKU = (
    "KPU RI",
    "KPU Provinsi Kalimantan Utara",
    "KPU Provinsi Sulawesi Selatan",
    "KPU Provinsi Maluku",
)
CHAIR = Who(name="Ratna Kusumawardani", position="Ketua Divisi Hukum dan Pengawasan", office=HOST)
TAKER = Who(name="Bagus Hendrawan, S.H.", position="Staf Subbagian Hukum", office=HOST)
SECRETARY = Who(name="Dr. Lukman Prawiro, M.H.", position="Kepala Biro Hukum", office=HOST)
SPEAKER = Who(name="Prof. Sri Mulyaningsih", position="Guru Besar Hukum Tata Negara", office="Universitas Nusa Bangsa")
UTARA = Who(name="Yohana Lembang", position="Anggota Divisi Hukum", office=KALTARA)
SELATAN = Who(name="Andi Makkarumpa", position="Anggota Divisi Hukum dan Pengawasan", office=SULSEL)
TIMUR = Who(name="Ferdinand Latuheru", position="Kabag Hukum, Teknis dan Hupmas", office=MALUKU)

_LINES = (
    (0, CHAIR, "Bismillah, rapat koordinasi ini saya buka. Rapat dibuka pukul sembilan lewat lima menit."),
    (38, CHAIR, "Kita membahas kesiapan penyelesaian pelanggaran administrasi dan sengketa proses."),
    (140, SPEAKER, "Ada tiga dokumen yang wajib disiapkan: kronologi, alat bukti, dan daftar saksi."),
    (410, UTARA, "Apakah kronologi harus ditandatangani Ketua atau cukup Kabag Hukum?"),
    (437, SPEAKER, "Cukup Kabag Hukum, sepanjang ada surat kuasa dari Ketua."),
    (1210, SELATAN, "Dua kabupaten kami (suara tidak jelas) belum memiliki ruang penyimpanan berkas sengketa."),
    (1262, TIMUR, "Kami keberatan bila tenggatnya tiga hari, karena kapal ke pulau terluar hanya sekali seminggu."),
    (1301, UTARA, "Nama saksi itu [dihitamkan] sudah kami sampaikan secara tertutup."),
    (2890, CHAIR, "Baik, kita putuskan: seluruh KPU Provinsi membentuk tim penanganan paling lambat 27 Maret 2026."),
    (2934, CHAIR, "Tenggat pelaporan untuk daerah kepulauan menjadi tujuh hari kalender."),
    (3015, CHAIR, "Biro Hukum menyiapkan format kronologi yang seragam sesuai PKPU Nomor 5 Tahun 2020."),
    (3420, CHAIR, "Kesimpulannya, semua provinsi siap dengan catatan sarana di dua kabupaten."),
    (3600, CHAIR, "Dengan ini rapat saya tutup. Terima kasih."),
)
LINES = tuple(
    Said(f"l{number}", float(at), at + 12.0, who.office, text, who.name, who.position)
    for number, (at, who, text) in enumerate(_LINES)
)
ATTENDANCE = Attendance(
    invited=4,
    present=3,
    quorum=3,
    rows=(
        Attendee(
            office=HOST, name=CHAIR.name, position=CHAIR.position, role="Pimpinan Rapat", status="Hadir", minutes=60
        ),
        Attendee(office=HOST, name=TAKER.name, position=TAKER.position, role="Notulis", status="Hadir", minutes=60),
        Attendee(office=KALTARA, name=UTARA.name, position=UTARA.position, role="Peserta", status="Hadir", minutes=58),
        Attendee(
            office=SULSEL, name=SELATAN.name, position=SELATAN.position, role="Peserta", status="Hadir", minutes=60
        ),
        Attendee(
            office=MALUKU,
            name=TIMUR.name,
            position=TIMUR.position,
            role="Peserta",
            status="Hadir, terlambat",
            minutes=41,
        ),
        Attendee(office="KPU Provinsi Bali", name="–", status="Tanpa keterangan"),
    ),
)


def content() -> Content:
    """Everything that a notula may hold, once at least."""
    return Content(
        meeting_id="m-rakor-hukum",
        title="Rapat Koordinasi Kesiapan Penanganan Pelanggaran Administrasi dan Sengketa Proses Pemilihan 2026",
        number="41/HK.04-Nt/08/2026",
        invitation_number="112/HK.04-Und/08/2026",
        invitation_date=date(2026, 3, 6),
        starts=OPENED,
        ends=OPENED + timedelta(seconds=3612),
        zones=("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
        place="Daring melalui Rakor",
        host=HOST,
        host_city="Jakarta",
        agenda=(
            AgendaPoint(title="Pembukaan"),
            AgendaPoint(title="Dokumen hukum yang diperlukan", presenter=SPEAKER.name),
            AgendaPoint(title="Potensi permasalahan di setiap tahapan"),
        ),
        chair=CHAIR,
        secretary=SECRETARY,
        minute_taker=TAKER,
        presenters=(SPEAKER,),
        attendance=ATTENDANCE,
        opening=(
            Contribution(
                id="b1",
                text="Rapat dibuka dan peserta disambut; agenda disetujui tanpa perubahan",
                cites=("l0", "l1"),
                speaker=CHAIR,
                origin="rule",
            ),
        ),
        discussion=(
            Discussion(
                item="Dokumen hukum yang diperlukan",
                contributions=(
                    Contribution(
                        id="p1",
                        speaker=SPEAKER,
                        manner="presentation",
                        cites=("l2",),
                        law=("pkpu:2020:5", "uu:2017:7"),
                        text="Setiap perkara memerlukan tiga dokumen: kronologi, alat bukti, daftar saksi. Ketiganya "
                        "disiapkan sebelum register perkara dibuka.",
                    ),
                    Contribution(
                        id="p2",
                        speaker=UTARA,
                        manner="question",
                        cites=("l3",),
                        text="Menanyakan siapa yang berwenang menandatangani kronologi.",
                    ),
                    Contribution(
                        id="p3",
                        speaker=SPEAKER,
                        manner="response",
                        cites=("l4",),
                        text="Kabag Hukum dapat menandatangani sepanjang ada surat kuasa dari Ketua.",
                    ),
                ),
            ),
            Discussion(
                item="Potensi permasalahan di setiap tahapan",
                contributions=(
                    Contribution(
                        id="p4",
                        speaker=SELATAN,
                        cites=("l5",),
                        text="Dua kabupaten belum memiliki ruang penyimpanan berkas sengketa.",
                    ),
                    Contribution(
                        id="p5",
                        speaker=TIMUR,
                        manner="objection",
                        cites=("l6",),
                        named=False,
                        text="Tenggat tiga hari sulit dipenuhi daerah kepulauan karena kapal hanya sekali seminggu.",
                    ),
                ),
            ),
        ),
        conclusions=(
            Conclusion(
                id="s1",
                cites=("l11",),
                text="Seluruh KPU Provinsi siap menangani sengketa, dengan catatan sarana di dua kabupaten.",
            ),
        ),
        decisions=(
            Decision(
                id="k1",
                cites=("l8",),
                how="aklamasi",
                basis=("pkpu:2020:5",),
                text="Seluruh KPU Provinsi membentuk tim penanganan sengketa paling lambat 27 Maret 2026.",
            ),
            Decision(
                id="k2",
                cites=("l9",),
                how="suara",
                text="Tenggat pelaporan daerah kepulauan ditetapkan tujuh hari kalender.",
                objections="Satu peserta menghendaki sepuluh hari kalender.",
            ),
        ),
        directions=(
            Direction(
                id="a1",
                cites=("l10",),
                by=CHAIR,
                text="Biro Hukum menyiapkan format kronologi yang seragam.",
            ),
        ),
        problems=(
            Problem(
                id="m1",
                stage="Pencalonan",
                text="Berkas sengketa menumpuk tanpa ruang penyimpanan yang terkunci",
                impact="Alat bukti rusak atau hilang",
                mitigation="Meminjam ruang arsip pemerintah daerah",
                owner="Sekretaris KPU Kabupaten",
                cites=("l5",),
            ),
            Problem(id="m2", stage="Kampanye", text="Laporan terlambat dari pulau terluar", cites=("l6",)),
        ),
        follow_ups=(
            FollowUp(
                id="t1",
                cites=("l8",),
                source="k1",
                all_offices=True,
                category="penguatan_organisasi",
                due=date(2026, 3, 27),
                priority="segera",
                text="Membentuk tim penanganan dan melaporkan susunannya",
            ),
            FollowUp(
                id="t2",
                cites=("l10",),
                source="a1",
                owners=("Biro Hukum Sekretariat Jenderal KPU RI",),
                category="dokumen_hukum",
                due=date(2026, 3, 20),
                text="Menyusun format kronologi seragam",
            ),
            FollowUp(
                id="t3",
                cites=("l5",),
                source="s1",
                owners=("KPU Provinsi Sulawesi Selatan",),
                offices=("sulsel",),
                related=("Pemerintah Daerah",),
                category="sarana_prasarana",
                text="Berkoordinasi untuk peminjaman ruang penyimpanan berkas",
            ),
        ),
        votes=(
            Voting(
                question="Tenggat pelaporan daerah kepulauan tujuh hari kalender",
                method="roll",
                at=2900.0,
                yes=2,
                no=1,
                abstain=0,
                silent=0,
            ),
        ),
        closing=(Contribution(id="c1", speaker=CHAIR, cites=("l12",), text="Rapat ditutup dengan doa."),),
    )


BREAKS = (
    Break("suspended", 1500.0, 2400.0),
    Break("off_record", 2500.0, 2560.0, why="doa bersama"),
)
SIGNATURES = (
    Signed("minute_taker", TAKER.name, TAKER.position, OPENED + timedelta(hours=5)),
    Signed("chair", CHAIR.name, CHAIR.position, OPENED + timedelta(hours=6, minutes=12)),
)


def draft() -> Sheet:
    return Sheet(content().model_copy(update={"number": ""}), PRINTED, said=LINES, breaks=BREAKS)


def sealed() -> Sheet:
    return replace(draft(), content=content(), state="signed", signatures=SIGNATURES, code=CODE, sha256=SHA256, url=URL)


def long(contributions: int = 330) -> Sheet:
    """Forty pages: `contributions` in eight points, 200 who attended."""
    short = content()
    points = tuple(
        f"Pokok bahasan ke-{number} mengenai kesiapan tahapan dan penanganan perkara" for number in range(1, 9)
    )
    said = [
        Contribution(
            id=f"x{number}",
            speaker=(UTARA, SELATAN, TIMUR)[number % 3],
            manner=("presentation", "question", "response")[number % 3],
            cites=(f"l{number % 13}",),
            text=f"Pendapat nomor {number}. " + "Kesiapan sarana, dokumen, dan koordinasi dengan Bawaslu perlu "
            "dipastikan sebelum tahapan dimulai agar setiap tindakan sesuai dengan peraturan. " * (1 + number % 4),
        )
        for number in range(contributions)
    ]
    rows = tuple(
        Attendee(
            office=f"KPU Kabupaten Contoh {number}",
            name=f"Peserta Rekaan {number}",
            position="Anggota Divisi Hukum",
            role="Peserta",
            status="Hadir",
            minutes=30 + number % 90,
        )
        for number in range(1, 201)
    )
    discussion = tuple(
        Discussion(item=item, contributions=tuple(said[at :: len(points)])) for at, item in enumerate(points)
    )
    todo = tuple(short.follow_ups[number % 3].model_copy(update={"id": f"z{number}"}) for number in range(60))
    whole = short.model_copy(
        update={
            "discussion": discussion,
            "follow_ups": todo,
            "attendance": Attendance(invited=200, present=200, rows=rows),
        }
    )
    spoken = tuple(replace(LINES[number % 13], id=f"l{number}", start=number * 4.0) for number in range(1800))
    return replace(sealed(), content=whole, said=spoken)
