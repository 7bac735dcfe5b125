"""`rakor model`, from fetching to what a server would use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.settings import Settings
from tests.minutes.speech.engines.hub import hub

FILES = {"config.json": b"{}", "model.bin": b"numbers", "tokenizer.json": b"{}", "vocabulary.json": b"[]"}
NOBODY = "http://127.0.0.1:1"  # where no hub answers


def model(data: Path, address: str, *arguments: str, **settings: str) -> tuple[int, str]:
    """Exit code and what is said. A process of its own: the hub's library reads its address once."""
    env = {**os.environ, **settings, "RAKOR_DATA": str(data), "HF_ENDPOINT": address, "COLUMNS": "120"}
    command = [sys.executable, "-m", "server.cli", "model", *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=50)
    return done.returncode, done.stdout + done.stderr


def test_a_model_is_fetched_proven_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hub("invented/whisper", {**FILES, "README.md": b"not for us"}) as address:
        code, said = model(tmp_path, address, "fetch", "invented/whisper")
    assert (code, "invented--whisper diambil" in said) == (0, True), said
    assert {path.name for path in (tmp_path / "models" / "invented--whisper").iterdir()} == set(FILES)
    code, said = model(tmp_path, NOBODY, "use", "invented/whisper", RAKOR_WHISPER_MODEL="/srv/other")
    assert code == 0
    assert "RAKOR_WHISPER_MODEL=/srv/other didahulukan" in said
    _, said = model(tmp_path, NOBODY, "list")
    assert "* dipakai server: invented--whisper (faster_whisper)" in said
    assert [line.split()[:2] for line in said.splitlines() if "sesuai" in line] == [["*", "invented--whisper"]]
    monkeypatch.setenv("RAKOR_DATA", str(tmp_path))
    assert Settings().worker.model == "invented--whisper"
    monkeypatch.setenv("RAKOR_WHISPER_MODEL", "/srv/other")
    assert Settings().worker.model == "/srv/other"


def test_verify_says_with_its_exit_code_whether_all_is_well(tmp_path: Path) -> None:
    code, said = model(tmp_path, NOBODY, "verify")
    assert (code, "whisper-base: sesuai" in said) == (0, True), said
    copied = tmp_path / "models" / "copied"
    copied.mkdir()
    (copied / "model.bin").write_bytes(b"numbers")
    code, said = model(tmp_path, NOBODY, "verify")
    assert (code, "sha256sum copied/* > copied.sha256" in said) == (1, True), said
    assert model(tmp_path, NOBODY, "verify", "whisper-base")[0] == 0
    (tmp_path / "models" / "whisper-base" / "config.json").write_bytes(b"{}")
    code, said = model(tmp_path, NOBODY, "verify", "whisper-base")
    assert (code, "config.json has SHA-256" in said) == (1, True), said
    code, said = model(tmp_path, NOBODY, "use", "nothing")
    assert (code, "there is no model nothing" in said) == (1, True), said


def test_without_a_hub_it_is_said_what_can_be_done(tmp_path: Path) -> None:
    code, said = model(tmp_path, NOBODY, "fetch", "large-v3-turbo")
    assert code == 1
    assert "Traceback" not in said
    assert "Connection refused" in said
    assert f"salin model dan catatan .sha256-nya dari direktori models di sana ke {tmp_path}/models" in said
    assert list((tmp_path / "models").iterdir()) == []
    code, said = model(tmp_path, NOBODY, "fetch", "large-v9")
    assert (code, "Invalid model size 'large-v9'" in said) == (1, True), said
