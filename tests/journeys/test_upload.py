"""A recording of an older meeting, from the secretariat's computer to named lines; over a slow line that breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Dialog, Locator, Page, Playwright, expect

from tests import recordings
from tests.journeys.actors import Actor
from tests.journeys.barriers import SCREENS, examine
from tests.journeys.stage import Stage

TITLE = "Rapat Koordinasi Evaluasi Verifikasi Faktual"
SLOW = 150_000  # bytes a second
SPOKEN_S = 24.0  # 4.6 MB of WAV: half a minute on such a line
PATIENCE_MS = 60_000


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "data")
    stage.start()
    yield stage
    stage.stop()


@pytest.mark.timeout(400)
def test_a_recording_becomes_a_meeting(stage: Stage, playwright: Playwright, tmp_path: Path) -> None:
    file, other = (
        recordings.write(tmp_path / name, recordings.speech("rakor-1/ratna.flac", begin, begin + SPOKEN_S))
        for name, begin in (("Zoom 2020-07-09.wav", 1.0), ("lain.wav", 3.0))
    )
    actor = Actor.launch(playwright, "dewi", "dewi")
    page = actor.page
    page.emulate_media(reduced_motion="reduce")  # a colour on its way is no colour to judge
    expect.set_options(timeout=PATIENCE_MS)
    try:
        actor.sign_in(stage.url)
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        line(network, SLOW)
        _announce(page, file)
        row = page.get_by_role("region", name="Rekaman yang sedang diolah").get_by_role("listitem")
        expect(row.get_by_text(re.compile(r"Mengunggah: \d\d"))).to_be_visible()
        _goes_on_by_itself(network, row)
        _is_asked_about(page)
        expect(row.get_by_text("Unggahan terhenti pada")).to_be_visible()
        _everywhere(page)
        row.get_by_label("Pilih Berkas yang Sama").set_input_files(other)
        expect(row.get_by_text("bukan berkas yang sama")).to_be_visible()
        line(network, -1)
        row.get_by_label("Pilih Berkas yang Sama").set_input_files(file)
        _read_and_named(page, stage.url)
    finally:
        expect.set_options(timeout=5_000)
        actor.close()


def line(network: CDPSession, rate: int, offline: bool = False) -> None:
    """Bytes a second that leave the browser; -1: as many as can."""
    conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": rate}
    network.send("Network.emulateNetworkConditions", conditions)


def _announce(page: Page, file: Path) -> None:
    page.get_by_role("button", name="Unggah Rekaman").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Berkas rekaman").set_input_files(file)
    dialog.get_by_label("Perihal").fill(TITLE)
    dialog.get_by_label("Tanggal", exact=True).fill("2020-07-09")
    dialog.get_by_label("Waktu", exact=True).fill("09:00")
    _everywhere(page)
    dialog.get_by_role("button", name="Mulai Mengunggah").click()
    expect(dialog).to_be_hidden()


def _everywhere(page: Page) -> None:
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        examine(page)


def _goes_on_by_itself(network: CDPSession, row: Locator) -> None:
    line(network, SLOW, offline=True)
    expect(row.get_by_role("alert")).to_contain_text("tidak dapat dihubungi")
    line(network, SLOW)
    expect(row.get_by_role("alert")).to_be_hidden()


def _is_asked_about(page: Page) -> None:
    """The browser asks before the page is loaded anew, since what it sends would end."""
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", leave)
    page.reload()
    assert asked == ["beforeunload"]


def _read_and_named(page: Page, url: str) -> None:
    ended = page.get_by_role("region", name="Selesai").get_by_role("listitem").filter(has_text=TITLE)
    expect(ended.get_by_text("9 Juli 2020")).to_be_visible()
    ended.get_by_role("link", name="Lihat Transkrip").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("Pembicara belum ditetapkan").first).to_be_visible()
    page.get_by_role("button", name="Tetapkan Pembicara").first.click()
    page.get_by_role("dialog").get_by_label("Nama", exact=True).fill("Ratna Wulandari")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Ratna Wulandari").first).to_be_visible()
    page.goto(f"{url}/rapat")
    expect(page.get_by_role("region", name="Rekaman yang sedang diolah")).to_be_hidden()
