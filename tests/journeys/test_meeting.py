"""The whole way: four people meet in browsers for the whole script, and their words are found in the archive."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Playwright, expect

from tests.journeys import judge
from tests.journeys.actors import Actor
from tests.journeys.conftest import Held
from tests.journeys.play import CAMERAS, MEETING, NAMES, TOGETHER_MS
from tests.wer import wer

COUNTED = ("packetsReceived", "packetsLost")
# The first test plays the meeting: the script's three and a half minutes, and the transcription behind it.
pytestmark = pytest.mark.timeout(900)


def test_four_microphones_begin_within_a_tenth_of_a_second(held: Held) -> None:
    starts = held.played.starts_ms
    print({name: round(at - held.played.began_ms) for name, at in starts.items()})
    assert max(starts.values()) - min(starts.values()) <= TOGETHER_MS


def test_everybody_sees_every_camera_but_their_own(held: Held) -> None:
    for viewer, stats in held.played.stats.items():
        for sender in CAMERAS:
            if sender != viewer:
                seat = held.played.seats[sender]
                assert stats["shown"].get(seat, 0) > 100, f"{viewer} does not see {sender}"
                decoded = [row["framesDecoded"] for row in stats["inbound"] if row["seat"] == seat]
                assert max(decoded, default=0) > 100


def test_nobody_loses_more_than_one_packet_in_a_hundred(held: Held) -> None:
    """From the script's first second on: a small machine that starts four browsers drops packets before.

    One slot may lose a little more: a browser that gets no processor for two seconds loses as many small pictures.
    """
    for name, stats in held.played.stats.items():
        earlier = {row["mid"]: row for row in held.played.before[name]["inbound"]}
        came = missing = 0
        for row in stats["inbound"]:
            received, lost = (row[key] - earlier.get(row["mid"], {}).get(key, 0) for key in COUNTED)
            assert lost <= 0.03 * (received + lost), f"{name} lost {lost} of {received + lost}: {row}"
            came, missing = came + received, missing + lost
        print(f"{name} lost {missing} of {came + missing} packets")
        assert missing <= 0.01 * (came + missing), name
    for peer in held.played.counters["peers"].values():
        for kind, counted in peer["up"].items():
            assert counted["lost"] <= 0.01 * (counted["packets"] + counted["lost"]), kind


def test_every_turn_stands_under_who_said_it(held: Held) -> None:
    assert judge.strangers(held.played.lines, held.played.script, NAMES) == []
    assert judge.unheard_turns(held.played.lines, held.played.script, NAMES) == []


def test_lines_are_in_the_order_spoken(held: Held) -> None:
    starts = [line.start for line in held.played.lines]
    assert starts == sorted(starts)
    speakers = [line.speaker for line in held.played.lines]
    turns = [NAMES[turn.speaker] for turn in held.played.script.turns]
    assert _runs(speakers) == _runs(turns)


def test_a_quarter_of_the_words_at_most_is_wrong(held: Held) -> None:
    reference = " ".join(held.played.script.said(speaker) for speaker in NAMES)
    lines = [line for name in NAMES.values() for line in held.played.transcript if line["speaker"] == name]
    heard = " ".join(word["heard"] or word["text"] for line in lines for word in line["words"])
    rate = wer(reference, heard)
    print(f"word error rate {rate:.3f}")
    assert rate <= 0.25


def test_nothing_stands_twice(held: Held) -> None:
    twice = set(judge.repeats(held.played.lines))
    said = {run for speaker in NAMES for run in _said_twice(held, speaker)}
    assert twice <= said


def test_lines_carry_words_with_times_and_probabilities(held: Held) -> None:
    for line in held.played.transcript:
        assert line["known_by"] == "sole_occupant"
        assert line["words"]
        for word in line["words"]:
            assert line["start"] - 0.5 <= word["start"] <= word["end"] <= line["end"] + 0.5
            assert 0 <= word["probability"] <= 1


def test_the_api_finds_other_forms_of_the_words(held: Held) -> None:
    with held.stage.client("wulan") as client:
        found = client.get("/api/v1/search", params={"q": "menyelesaikan sengketa", "meeting": MEETING}).json()
        best = found["items"][0]
        hits = [piece["text"].lower() for piece in best["snippet"] if piece["hit"]]
        assert "penyelesaian" in hits
        assert "sengketa" in hits
        sound = client.get(best["line"]["audio"])
        assert sound.status_code == 200
        assert sound.headers["content-type"] == "audio/webm"
        assert len(sound.content) > 2_000


def test_the_page_finds_marks_and_plays_them(held: Held, playwright: Playwright) -> None:
    reader = Actor.launch(playwright, "dewi", "dewi")
    try:
        reader.sign_in(held.stage.url)
        page = reader.page
        page.goto(f"{held.stage.url}/arsip")
        page.get_by_role("searchbox").press_sequentially("menyelesaikan sengketa")
        hit = page.locator(f"a.hit[href*='{MEETING}']").first
        for word in ("penyelesaian", "sengketa"):
            expect(hit.locator("mark", has_text=re.compile(f"^{word}$", re.IGNORECASE)).first).to_be_visible()
        hit.click()
        expect(page).to_have_url(re.compile(f"/arsip/{MEETING}\\?baris="))
        expect(page.locator(".line-linked")).to_be_in_viewport()
        page.locator(".line-current .word-spoken").first.wait_for()
        player = page.get_by_label("Pemutar")
        expect(player.get_by_role("button", name="Jeda")).to_be_visible()
    finally:
        reader.close()


def _runs(names: Sequence[str | None]) -> list[str | None]:
    """Consecutive equal names once."""
    return [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]


def _said_twice(held: Held, speaker: str) -> list[str]:
    words = judge.tokens(held.played.script.said(speaker))
    runs = [" ".join(words[at : at + 6]) for at in range(len(words) - 5)]
    return [run for run in runs if runs.count(run) > 1]
