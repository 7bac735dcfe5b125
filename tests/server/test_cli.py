"""The command line: accounts, transcripts of files, and clear refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.cli import main
from tests.wer import wer

JFK = Path(__file__).parent.parent / "data" / "jfk.flac"


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("RAKOR_DATA", str(tmp_path / "data"))
    return CliRunner()


def test_an_administrator_is_made_once(cli: CliRunner) -> None:
    command = ["admin", "create", "sari", "--name", "Sari Wibowo", "--password", "kata-sandi-panjang"]
    assert cli.invoke(main, command).exit_code == 0
    again = cli.invoke(main, command)
    assert again.exit_code == 1
    assert "sudah dipakai" in again.output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (["--password", "pendek"], "paling sedikit"),
        (["--office", "atlantis"], "atlantis"),
        (["--role", "raja"], "raja"),
        (["--name", " "], "nama lengkap"),
    ],
)
def test_a_bad_account_is_refused_with_a_reason(cli: CliRunner, change: list[str], told: str) -> None:
    command = ["admin", "create", "sari", "--name", "Sari", "--password", "kata-sandi-panjang"]
    refused = cli.invoke(main, [*command, *change])
    assert refused.exit_code == 1
    assert told in refused.output
    assert cli.invoke(main, ["admin", "create", "Sari W", *command[3:]]).exit_code == 1
    assert cli.invoke(main, [*command, "--role", "chair", "--position", "Ketua", "--office", "kaltara"]).exit_code == 0


def test_a_file_is_transcribed_with_its_words(cli: CliRunner) -> None:
    done = cli.invoke(main, ["transcribe", "--json", str(JFK)])
    assert done.exit_code == 0, done.output
    segments = json.loads(done.stdout)["segments"]
    words = [word for segment in segments for word in segment["words"]]
    assert words
    assert all(0 <= word["probability"] <= 1 and word["start"] <= word["end"] for word in words)
    plain = cli.invoke(main, ["transcribe", str(JFK)])
    assert wer(" ".join(segment["text"] for segment in segments), plain.stdout) == 0


def test_what_is_no_recording_is_refused(cli: CliRunner, tmp_path: Path) -> None:
    nonsense = tmp_path / "bukan-suara.mp4"
    nonsense.write_bytes(b"bukan suara" * 100)
    done = cli.invoke(main, ["transcribe", str(nonsense)])
    assert done.exit_code == 1
    assert "bukan-suara.mp4" in done.output


def test_the_page_and_the_server_are_in_step(cli: CliRunner) -> None:
    assert cli.invoke(main, ["protocol", "--check"]).exit_code == 0


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("RAKOR_PORT", "banyak", "RAKOR_PORT: Input should be a valid integer"),
        ("RAKOR_TURN_URLS", "turn:relai.example", "RAKOR_TURN_URLS needs RAKOR_TURN_SECRET"),
    ],
)
def test_a_setting_nobody_can_use_is_told_by_its_name(
    cli: CliRunner, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, told: str
) -> None:
    monkeypatch.setenv(setting, value)
    refused = cli.invoke(main, ["db", "upgrade"])
    assert refused.exit_code == 1
    assert told in " ".join(refused.output.split())


def test_nobody_answers_where_no_server_is(cli: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAKOR_PORT", "1")
    assert cli.invoke(main, ["health"]).exit_code == 1
