"""Migrations make what the models say, and settings reach the parts they are for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command

from media.settings import MediaSettings
from server.auth.throttle import MOST_FAILURES, WINDOW_S, Throttle
from server.db import UtcDateTime, alembic_config, migrate
from server.settings import Settings


def test_migrations_and_models_agree(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'rakor.db'}"
    migrate(url)
    migrate(url)
    command.check(alembic_config(url))


def test_a_migration_can_be_taken_back(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}"
    migrate(url)
    command.downgrade(alembic_config(url), "base")
    migrate(url)


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="without zone"):
        UtcDateTime().process_bind_param(datetime(2020, 1, 1), None)  # type: ignore[arg-type]  # noqa: DTZ001
    kept = UtcDateTime().process_result_value(datetime(2020, 1, 1), None)  # type: ignore[arg-type]  # noqa: DTZ001
    assert kept == datetime(2020, 1, 1, tzinfo=UTC)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAKOR_MEDIA_ADDRESSES", "198.18.0.1, 10.0.0.7")
    monkeypatch.setenv("RAKOR_VOICE_SLOTS", "2")
    settings = Settings()
    assert settings.media.addresses == ("198.18.0.1", "10.0.0.7")
    assert settings.plan.voices == 2
    monkeypatch.setenv("RAKOR_MEDIA_ADDRESSES", "[2001:DB8:0::7],198.18.0.1,")
    monkeypatch.setenv("RAKOR_FANOUT", "python")
    media = Settings().media
    assert (media.addresses, media.fanout) == (("2001:db8::7", "198.18.0.1"), "python")
    assert media.bind == MediaSettings().bind


def test_an_address_is_no_name() -> None:
    with pytest.raises(ValueError, match=r"rapat\.example"):
        Settings(media_addresses="198.18.0.1,rapat.example")


def test_a_throttle_forgets_in_time() -> None:
    throttle = Throttle()
    for _ in range(MOST_FAILURES):
        throttle.failed("name:x", 0.0)
    assert not throttle.allows("name:x", 1.0)
    assert throttle.allows("name:x", WINDOW_S + 1)
    assert throttle.allows("name:y", 1.0)
