"""What a signed notula left is worked on, shown to be done, looked at by somebody else and done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from minutes.notula.content import Content
from server.db import make_engine, make_sessions
from server.followups.taking import take
from server.meetings.models import Meeting
from tests.journeys.actors import Actor
from tests.journeys.barriers import SCREENS, examine, size
from tests.journeys.stage import Stage

TEXT = "Menyusun dan mengirimkan daftar inventaris masalah."
PDF = b"%PDF-1.7\n%bukti\n"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "data")
    stage.start()
    try:
        with ThreadPoolExecutor() as beside:  # the browsers' driver has a loop in this thread
            beside.submit(asyncio.run, _signed(stage.data)).result()
        yield stage
    finally:
        stage.stop()


async def _signed(data: Path) -> None:
    """The notula of the demo's meeting of July, to which provinces were invited, with two things to do."""
    now = datetime.now(UTC)
    late = {"id": "t1", "text": TEXT, "cites": ["l1"], "all_offices": True, "due": (now - timedelta(days=3)).date()}
    coming = {"id": "t2", "text": "Membentuk tim.", "cites": ["l1"], "offices": ["kaltara"], "category": "tata_kelola"}
    engine = make_engine(f"sqlite+aiosqlite:///{data / 'rakor.db'}")
    async with make_sessions(engine).begin() as session:
        meeting = await session.get(Meeting, "demo-arsip")
        assert meeting is not None
        given = {"meeting_id": meeting.id, "title": meeting.title, "starts": now, "ends": now, "host": "KPU RI"}
        said = Content.model_validate({**given, "zones": ["Asia/Jakarta"], "follow_ups": [late, coming]})
        await take(session, meeting, said, now)
    await engine.dispose()


@pytest.mark.full
@pytest.mark.timeout(240)
def test_what_is_owed_is_done_and_verified(stage: Stage, playwright: Playwright) -> None:
    maria, dewi = (Actor.launch(playwright, name, name) for name in ("maria", "dewi"))
    expect.set_options(timeout=15_000)
    try:
        for each in (maria, dewi):
            each.page.emulate_media(reduced_motion="reduce")  # a colour on its way is no colour to judge
            each.sign_in(stage.url)
        _report(maria.page)
        _return(dewi.page)
        _report_again(maria.page)
        _verify(dewi.page)
    finally:
        expect.set_options(timeout=5_000)
        maria.close()
        dewi.close()


def _everywhere(page: Page) -> None:
    for screen in reversed(SCREENS):
        page.set_viewport_size(size(screen))
        examine(page)


def _report(page: Page) -> None:
    """Late, and so the first of the list; not to be reported without evidence."""
    page.get_by_role("link", name="Tindak Lanjut", exact=True).click()
    expect(page.get_by_text("0 dari 2 selesai")).to_be_visible()
    _everywhere(page)
    page.get_by_text("Terlambat: 1").click()
    expect(page.get_by_text("1 ditemukan", exact=True)).to_be_visible()
    page.get_by_role("link", name=TEXT).click()
    expect(page.get_by_role("button", name="Laporkan Selesai")).to_be_disabled()
    page.get_by_label("Keadaan").select_option("Dalam proses")
    page.get_by_label("Persen selesai").fill("60")
    page.get_by_label("Keterangan").fill("Sedang disusun.")
    page.get_by_role("button", name="Simpan Perkembangan").click()
    expect(page.get_by_text("Persen: 0% → 60%")).to_be_visible()
    page.get_by_label("Lampirkan berkas").set_input_files(
        {"name": "Daftar masalah.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Lampirkan", exact=True).click()
    expect(page.get_by_role("link", name="Unduh Daftar masalah.pdf")).to_be_visible()
    _everywhere(page)
    page.get_by_role("button", name="Laporkan Selesai").click()
    expect(page.get_by_text("Menunggu verifikasi")).to_be_visible()


def _return(page: Page) -> None:
    """From the board of all offices; what is wrong is said."""
    page.get_by_role("link", name="Tindak Lanjut", exact=True).click()
    page.get_by_role("link", name="Semua Satker").click()
    expect(page.get_by_text("1 dari 34 provinsi selesai")).to_be_visible()
    _everywhere(page)
    page.get_by_text("Menunggu verifikasi: 1").click()
    expect(page.get_by_text("1 ditemukan", exact=True)).to_be_visible()
    page.get_by_role("link", name=TEXT).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Unduh Daftar masalah.pdf").click()
    assert taken.value.path().read_bytes() == PDF
    page.get_by_role("button", name="Kembalikan").click()
    dialog = page.get_by_role("dialog", name="Kembalikan")
    examine(page)
    dialog.get_by_label("Alasan").fill("Halaman kedua belum ada.")
    dialog.get_by_role("button", name="Kembalikan").click()
    expect(page.get_by_text("Halaman kedua belum ada.")).to_be_visible()


def _report_again(page: Page) -> None:
    """Their page still shows what was; what they ask is refused, what they typed stays."""
    page.get_by_label("Keterangan").fill("Halaman kedua menyusul.")
    page.get_by_role("button", name="Tarik Laporan").click()
    expect(page.get_by_role("alert")).to_contain_text("sudah diubah orang lain")
    page.get_by_role("button", name="Muat Ulang").click()
    expect(page.get_by_text("Halaman kedua belum ada.")).to_be_visible()
    expect(page.get_by_label("Keterangan")).to_have_value("Halaman kedua menyusul.")
    page.get_by_role("button", name="Laporkan Selesai").click()
    expect(page.get_by_text("Menunggu verifikasi")).to_be_visible()


def _verify(page: Page) -> None:
    page.reload()
    page.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(page.get_by_text("Terverifikasi")).to_be_visible()
    expect(page.get_by_role("button", name="Verifikasi", exact=True)).to_have_count(0)
    _everywhere(page)
