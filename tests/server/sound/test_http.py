"""A meeting's sound as people get it: whole, in parts, silent where words are blackened."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from httpx2 import Response

from minutes.speech.ports import SAMPLE_RATE_HZ
from tests.same_sound import compared, decoded
from tests.server.conftest import Cast
from tests.waiting import until

MEETING = "/api/v1/meetings/demo-arsip"
MADE_WITHIN_S = 100.0  # it gives way to everybody: on a busy machine this is long


def made(cast: Cast, what: str) -> Response:
    def answered() -> Response | None:
        answer = cast.as_("wulan").get(f"{MEETING}/{what}")
        if answer.status_code == 202:
            assert 0 <= answer.json()["share"] <= 1
            return None
        return answer

    return until(answered, MADE_WITHIN_S, "the sound is never made")


def lines(cast: Cast) -> list[dict[str, Any]]:
    return list(cast.as_("dewi").get(f"{MEETING}/transcript?limit=1000").json()["lines"])


@pytest.fixture
def blackened(cast: Cast) -> Iterator[tuple[dict[str, Any], float, float]]:
    with blackening(cast) as found:
        yield found


@contextmanager
def blackening(cast: Cast) -> Iterator[tuple[dict[str, Any], float, float]]:
    """A line with what stood there, and when the words of it are spoken that are blackened now."""
    line = lines(cast)[1]
    words = line["words"][3:6]
    start = line["text"].index(words[0]["text"])
    end = line["text"].index(words[-1]["text"], start) + len(words[-1]["text"])
    edit = {"kind": "redact", "line": line["id"], "version": line["version"], "start": start, "end": end}
    name = uuid.uuid4().hex
    client = cast.as_("dewi")
    answer = client.post(f"{MEETING}/edits", json={**edit, "id": name, "why": "nomor telepon"})
    assert answer.status_code == 200, answer.text
    yield line, words[0]["start"], words[-1]["end"]
    undone = client.post(f"{MEETING}/edits", json={"kind": "undo", "id": uuid.uuid4().hex, "edit": name})
    assert undone.status_code == 200, undone.text


def test_the_sound_of_the_meeting_is_what_was_said_when_it_was_said(cast: Cast) -> None:
    answer = made(cast, "sound")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/webm")
    sound = decoded(answer.content)
    assert len(sound) / SAMPLE_RATE_HZ == pytest.approx(211, abs=1)
    for speaker, start, end in (("ratna", 16.2, 24.0), ("maria", 104.0, 112.0)):
        match = compared(sound[round(start * SAMPLE_RATE_HZ) : round(end * SAMPLE_RATE_HZ)], speaker, start, end)
        assert match.likeness > 0.8
        assert abs(match.lag) < 0.3, "the recording of the demo begins a moment after the microphones"
    part = cast.as_("wulan").get(f"{MEETING}/sound", headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, answer.content[1000:2000])
    again = cast.as_("wulan").get(f"{MEETING}/sound", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])


def test_its_picture_is_loud_where_somebody_speaks(cast: Cast) -> None:
    drawn = made(cast, "peaks").json()
    looks = base64.b64decode(drawn["peaks"])
    assert (drawn["per_second"], round(drawn["seconds"]), len(looks)) == (20, 211, 20 * 211)
    assert max(looks[17 * 20 : 30 * 20]) > 60
    assert max(looks[20 * 20 : 20 * 20 + 5]) >= 0


def test_a_line_with_all_its_words_sounds_as_before(cast: Cast) -> None:
    line = lines(cast)[1]
    answer = cast.as_("wulan").get(line["audio"])
    start, end = line["start"], line["start"] + 8.0
    sound = decoded(answer.content)[round(0.2 * SAMPLE_RATE_HZ) : round(8.2 * SAMPLE_RATE_HZ)]
    assert compared(sound, "ratna", start, end).likeness > 0.8


def test_only_who_may_read_may_listen_and_only_to_what_has_ended(cast: Cast, meeting: str) -> None:
    for what in ("sound", "peaks", "transcript.txt"):
        assert cast.as_("").get(f"{MEETING}/{what}").status_code == 401
        assert cast.guest_of(meeting).get(f"{MEETING}/{what}").status_code == 404
    for what in ("sound", "peaks"):
        refusal = cast.as_("ratna").get(f"/api/v1/meetings/{meeting}/{what}")
        assert (refusal.status_code, refusal.json()["code"]) == (409, "meeting_goes_on")
    assert cast.as_("ratna").get(f"{MEETING}/transcript.docm").status_code == 422


def test_files_are_named_after_the_meeting(cast: Cast) -> None:
    answer = cast.as_("wulan").get(f"{MEETING}/transcript.json")
    found = json.loads(answer.text)
    assert len(found["lines"]) == len(lines(cast))
    assert found["meeting"]["opened"] == "2020-07-20T09:00:00+07:00"
    name = 'filename="rakor-2020-07-20-rapat-koordinasi-persiapan-penyelesaian'
    assert name in answer.headers["content-disposition"]
    again = cast.as_("wulan").get(f"{MEETING}/transcript.json", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    made(cast, "sound")
    kept = cast.as_("wulan").get(f"{MEETING}/sound?download=true")
    assert name in kept.headers["content-disposition"]


def test_what_a_browser_kept_of_a_line_is_not_played_once_words_of_it_are_blackened(cast: Cast) -> None:
    client = cast.as_("wulan")
    line = lines(cast)[1]
    before = client.get(line["audio"])
    assert before.headers["cache-control"] == "private, no-cache"
    known = {"If-None-Match": before.headers["etag"]}
    assert client.get(line["audio"], headers=known).status_code == 304
    with blackening(cast):
        after = client.get(line["audio"], headers=known)
        assert (after.status_code, after.headers["etag"] != before.headers["etag"]) == (200, True)
        old_part = {"Range": "bytes=100-199", "If-Range": before.headers["etag"]}
        assert client.get(line["audio"], headers=old_part).content == after.content


def test_blackened_words_are_heard_nowhere(cast: Cast, blackened: tuple[dict[str, Any], float, float]) -> None:
    line, start, end = blackened
    clip = decoded(cast.as_("wulan").get(line["audio"]).content)
    sound = decoded(made(cast, "sound").content)
    looks = base64.b64decode(made(cast, "peaks").json()["peaks"])
    origin = line["start"] - 0.2
    first, last = round((start - origin + 0.05) * SAMPLE_RATE_HZ), round((end - origin - 0.05) * SAMPLE_RATE_HZ)
    assert abs(clip[first:last]).max() < 0.005
    assert abs(clip[:first]).max() > 0.05
    assert abs(sound[round(start * SAMPLE_RATE_HZ) : round(end * SAMPLE_RATE_HZ)]).max() < 0.005
    assert max(looks[int(start * 20) + 1 : int(end * 20) - 1]) == 0
    for kind in ("vtt", "srt", "txt", "json"):
        text = cast.as_("wulan").get(f"{MEETING}/transcript.{kind}").text
        assert "[dihitamkan]" in text
        assert " ".join(word["text"] for word in line["words"][3:6]) not in " ".join(text.split())
