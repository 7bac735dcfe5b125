"""Sentences with the words of elections, as KPU says them: of any meeting, and of one on a topic. PURE."""

from __future__ import annotations

GENERAL = (
    "Pasangan calon mengikuti tahapan pencalonan.",
    "Perselisihan hasil diputus Mahkamah Konstitusi.",
    "Divisi Hukum, Bawaslu dan DKPP membahas pelanggaran kode etik.",
    "Sekretariat Jenderal menyiapkan logistik dan badan adhoc.",
    "Partai politik melaporkan dana kampanye.",
    "KPU Provinsi menetapkan daftar pemilih tetap sebelum pemungutan suara dan rekapitulasi.",
)
"""Of no meeting in particular, the most useful first."""

TOPICS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("perselisihan", "php", "phpu"), "Pemohon menyampaikan petitum dan alat bukti kepada Mahkamah Konstitusi."),
    (("pemilih", "coklit", "dpt"), "Pantarlih melaksanakan coklit dan memperbarui DPS dan DPT dalam Sidalih."),
    (
        ("pencalonan", "perseorangan"),
        "Bakal paslon mengikuti verifikasi administrasi dan faktual dalam Silon.",
    ),
    (("kampanye",), "Paslon menyampaikan LADK, LPSDK dan LPPDK melalui Sidakam."),
    (("logistik", "anggaran", "hibah"), "NPHD membiayai surat suara, kotak suara dan formulir."),
    (("pemungutan", "penghitungan", "pungut"), "KPPS melaksanakan PSU di TPS dan mengisi C.Hasil."),
    (("rekapitulasi", "hasil"), "PPK menyusun berita acara dan D.Hasil dalam Sirekap bersama saksi."),
    (("adhoc", "hoc"), "PPK, PPS dan KPPS dibentuk melalui SIAKBA."),
    (("regulasi", "peraturan", "hukum", "jdih"), "PKPU, Perbawaslu dan telaah hukum dimuat dalam JDIH."),
    (("arsip", "kearsipan", "naskah"), "Notula dan tata naskah dinas disimpan dalam SRIKANDI."),
    (("informasi", "spbe", "data"), "PPID melayani Komisi Informasi melalui SPBE."),
    (("etik", "netralitas"), "DKPP memeriksa pengadu dan teradu tentang netralitas ASN."),
    (("pandemi", "covid", "kesehatan"), "Gugus Tugas menetapkan protokol kesehatan selama pandemi Covid-19."),
    (("monitoring", "evaluasi", "spip"), "Supervisi dan monev dilaporkan dalam SPIP."),
)
"""Words of a meeting's title, and what is said where they stand in it. Of disputes any meeting is told."""

TERMS = """
adjudikasi antarpeserta arsiparis bapaslon berkeberatan bimtek bisukan diarsipkan dimediasi diralat direkapitulasi
disposisi disunting ditelaah ditranskripsi eksepsi hupmas inkrah juklak juknis juncto kabag kabiro kasubbag korwil
kuorum luring memutakhirkan menyurati narahubung notula notulis paraf pelindungan pemapar pemateri pemrakarsa penelaah
pengadu pengesah penghitaman pengundangan pengusulan peninjau petitum posita pttun rakor rakornas rapim satker skors
subbag subbagian sunting tembusan teradu terlapor termohon tersertifikasi timses tindaklanjut verfak vermin
"""
"""Words of offices, courts and elections that no list of common words has."""
