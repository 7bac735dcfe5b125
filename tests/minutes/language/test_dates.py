"""Dates and hours as official documents write them, in every zone that takes part."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from minutes.language.dates import day_and_date, in_zones

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
