"""Real recordings through the whole way: bytes in, lines, search, sound and names out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests import recordings
from tests.server.conftest import Cast
from tests.server.uploads.sending import reached, uploaded
from tests.wer import wer

MANIFEST = json.loads((recordings.DATA / "rakor-1" / "manifest.json").read_text())
TURN = next(turn for turn in MANIFEST["turns"] if turn["speaker"] == "ratna")
SPOKEN = recordings.speech("rakor-1/ratna.flac", max(0.0, TURN["start"] - 1.0), TURN["end"] + 1.0)


def transcript(client: TestClient, meeting: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get(f"/api/v1/meetings/{meeting}/transcript").json()["lines"]
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("suffix", recordings.FORMATS)
def test_a_recording_of_any_kind_becomes_lines(cast: Cast, tmp_path: Path, suffix: str) -> None:
    client = cast.as_("dewi")
    file = recordings.write(tmp_path / f"rapat.{suffix}", SPOKEN, pictures=suffix in ("mp4", "webm"))
    shown = reached(client, uploaded(client, file), "done", 240)
    lines = transcript(client, shown["meeting_id"])
    assert wer(TURN["text"], " ".join(str(line["text"]) for line in lines)) < 0.3
    assert {(line["speaker"], line["known_by"], line["office"]) for line in lines} == {
        (None, "unassigned", "Rekaman unggahan")
    }
    assert shown["length"] == pytest.approx(len(SPOKEN) / recordings.RATE_HZ, abs=0.1)
    meeting = client.get(f"/api/v1/meetings/{shown['meeting_id']}").json()
    assert (meeting["state"], meeting["transcript_complete"]) == ("ended", True)
    assert not list(cast.settings.uploads.glob("*.part"))


@pytest.mark.timeout(300)
def test_its_lines_are_found_played_and_named(cast: Cast, tmp_path: Path) -> None:
    client = cast.as_("dewi")
    shown = reached(client, uploaded(client, recordings.write(tmp_path / "rapat.m4a", SPOKEN)), "done", 240)
    line = transcript(client, shown["meeting_id"])[0]
    word = max(str(line["text"]).strip(".").split(), key=len)
    found = client.get("/api/v1/search", params={"q": word, "meeting": shown["meeting_id"]}).json()
    assert line["id"] in [hit["line"]["id"] for hit in found["items"]]
    sound = client.get(str(line["audio"]))
    assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/webm")
    named = client.patch(f"/api/v1/lines/{line['id']}/speaker", json={"name": "Ratna Wulandari"}).json()
    assert (named["speaker"], named["known_by"]) == ("Ratna Wulandari", "named_by_hand")
    assert cast.as_("maria").get(f"/api/v1/meetings/{shown['meeting_id']}").status_code == 404


@pytest.mark.timeout(300)
def test_a_file_cut_in_the_middle_says_so(cast: Cast, tmp_path: Path) -> None:
    client = cast.as_("dewi")
    whole = recordings.write(tmp_path / "rapat.webm", SPOKEN)
    (half := tmp_path / "separuh.webm").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    shown = reached(client, uploaded(client, half), "done", 240)
    assert shown["cut_short"]
    assert 0 < shown["length"] < len(SPOKEN) / recordings.RATE_HZ
    assert transcript(client, shown["meeting_id"])


@pytest.mark.parametrize(("name", "problem"), [("bisu.mp4", "no_sound"), ("tanpa-indeks.mp4", "cut_short")])
def test_a_file_that_gives_nothing_says_why(cast: Cast, tmp_path: Path, name: str, problem: str) -> None:
    client = cast.as_("dewi")
    if name == "bisu.mp4":
        file = recordings.write_film(tmp_path / name, 2.0)
    else:
        file = recordings.write(tmp_path / name, SPOKEN)
        file.write_bytes(file.read_bytes()[:50_000])
    upload = uploaded(client, file)
    assert reached(client, upload, "failed")["problem"] == problem
    assert client.delete(upload).status_code == 204
