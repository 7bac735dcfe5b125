"""Dates and hours as official documents write them, in every zone that takes part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from minutes.language.dates import at_clock, day_and_date, in_words, in_zones, long_date, short_date

NINE = datetime(2020, 7, 9, 2, 0, tzinfo=UTC)  # 09.00 WIB
ZONES = ["Asia/Jayapura", "Asia/Pontianak", "Asia/Makassar", "Asia/Makassar"]


def test_a_date_has_its_day() -> None:
    assert day_and_date(NINE) == "Kamis, 9 Juli 2020"
    assert day_and_date(NINE + timedelta(days=1)) == "Jumat, 10 Juli 2020"


def test_hours_are_told_in_every_zone_the_home_zone_first() -> None:
    until = NINE + timedelta(minutes=150)
    hours = "09.00–11.30 WIB / 10.00–12.30 WITA / 11.00–13.30 WIT"
    assert in_zones(NINE, until, "Asia/Jakarta", ZONES) == f"pukul {hours}"
    assert in_zones(NINE, until, "Asia/Makassar", ["Asia/Jakarta"]) == "pukul 10.00–12.30 WITA / 09.00–11.30 WIB"
    assert in_zones(NINE, None, "Asia/Jakarta", []) == "pukul 09.00 WIB s.d. selesai"


def test_a_late_evening_is_the_next_day_in_the_east() -> None:
    late = datetime(2020, 7, 9, 16, 30, tzinfo=UTC)
    told = in_zones(late, late + timedelta(minutes=15), "Asia/Jakarta", ["Asia/Makassar"])
    assert told == "pukul 23.30–23.45 WIB / 00.30–00.45 WITA (Jumat, 10 Juli 2020)"
    west = in_zones(late, late + timedelta(minutes=15), "Asia/Makassar", ["Asia/Jakarta"])
    assert west == "pukul 00.30–00.45 WITA / 23.30–23.45 WIB (Kamis, 9 Juli 2020)"


def test_a_meeting_over_midnight_says_on_which_day_it_ends() -> None:
    start = datetime(2020, 7, 9, 15, 0, tzinfo=UTC)
    told = in_zones(start, start + timedelta(hours=2.5), "Asia/Jakarta", ["Asia/Makassar", "Asia/Jayapura"])
    assert told == (
        "pukul 22.00–00.30 WIB (sampai Jumat, 10 Juli 2020) / 23.00–01.30 WITA (sampai Jumat, 10 Juli 2020) / "
        "00.00–02.30 WIT (Jumat, 10 Juli 2020)"
    )


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2020, 7, 9), "Kamis, 9 Juli 2020"),  # KPU's own news item has "Rabu"
        (date(2020, 2, 29), "Sabtu, 29 Februari 2020"),
        (date(2024, 2, 14), "Rabu, 14 Februari 2024"),
        (date(2025, 12, 31), "Rabu, 31 Desember 2025"),
        (date(2026, 1, 1), "Kamis, 1 Januari 2026"),
        (date(2100, 3, 1), "Senin, 1 Maret 2100"),
    ],
)
def test_the_day_follows_from_the_date(day: date, written: str) -> None:
    assert day_and_date(day) == written
    assert long_date(day) == written.split(", ")[1]


def test_a_berita_acara_spells_its_date() -> None:
    spelled = "Kamis tanggal Sembilan bulan Juli tahun Dua Ribu Dua Puluh"
    assert in_words(date(2020, 7, 9)) == spelled
    assert in_words(date(2024, 11, 30)) == "Sabtu tanggal Tiga Puluh bulan November tahun Dua Ribu Dua Puluh Empat"


def test_the_clock_has_a_dot_and_a_zone() -> None:
    zones = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
    written = [at_clock(NINE.astimezone(ZoneInfo(zone))) for zone in zones]
    assert written == ["09.00 WIB", "09.00 WIB", "10.00 WITA", "11.00 WIT"]
    assert short_date(NINE) == "9/7/2020"
