"""Stages of an election (tahapan), and the words by which one is spoken of. PURE: a list, nothing else.

Source: PKPU 5/2020 as summed up in the domain notes; the longest form that fits tells.
"""

from __future__ import annotations

import re

from minutes.notula.drafting.reading import either

STAGES: tuple[tuple[str, str], ...] = (
    ("Perencanaan program dan anggaran", "nphd / anggaran pemilihan / perencanaan program"),
    ("Penyusunan peraturan", "penyusunan peraturan / rancangan pkpu / harmonisasi"),
    ("Sosialisasi", "sosialisasi / penyuluhan / bimbingan teknis / bimtek"),
    ("Pembentukan badan ad hoc", "ad hoc / adhoc / badan ad hoc / ppk / pps / kpps / ppdp / pantarlih"),
    ("Pemantauan dan survei", "pemantau / lembaga survei / hitung cepat"),
    (
        "Pemutakhiran data pemilih",
        """pemutakhiran / daftar pemilih(?: tetap| sementara)? / data pemilih / pemilih ganda / coklit / dps / dpt
        / sidalih""",
    ),
    ("Dukungan perseorangan", "perseorangan / verifikasi faktual / verfak / dukungan calon"),
    ("Pencalonan", "pencalonan / pendaftaran (?:bakal )?pasangan calon / penetapan pasangan calon / silon / bapaslon"),
    ("Sengketa TUN Pemilihan", r"sengketa tun / sengketa tata usaha negara / pttun / ptun"),
    ("Dana kampanye", "dana kampanye / ladk / lpsdk / lppdk / sidakam / rekening khusus"),
    ("Kampanye", "kampanye / alat peraga / apk"),
    ("Logistik", "logistik / kotak suara / surat suara / bilik suara / gudang / distribusi / apd"),
    ("Masa tenang", "masa tenang"),
    (
        "Pemungutan dan penghitungan suara",
        "pemungutan(?: suara)? / penghitungan(?: suara)? / tps / hari pemungutan / psu",
    ),
    ("Rekapitulasi", "rekapitulasi / sirekap"),
    ("Penetapan pasangan calon terpilih", "calon terpilih"),
    ("Perselisihan hasil di Mahkamah Konstitusi", "perselisihan hasil / phpu? / brpk"),
    ("Evaluasi dan pelaporan", "evaluasi tahapan / laporan akhir tahapan"),
)
_FORMS = tuple((name, re.compile(either(forms))) for name, forms in STAGES)


def stage(plain: str) -> str:
    """The stage of which `plain` speaks, "" for none: where several are named, the one with the longest form."""
    named = [(len(match[0]), name) for name, form in _FORMS for match in form.finditer(plain)]
    return max(named, key=lambda each: each[0])[1] if named else ""
