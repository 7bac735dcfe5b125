"""An administrator keeps the directory: edits somebody, imports a table, gives a link to a new password that works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.actors import Actor
from tests.journeys.barriers import SCREENS, examine, size
from tests.journeys.stage import PASSWORD, Stage

NEW_PASSWORD = "empat kata yang mudah"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "data")
    stage.start()
    yield stage
    stage.stop()


@pytest.mark.timeout(240)
def test_the_directory_is_kept(stage: Stage, playwright: Playwright, tmp_path: Path) -> None:
    _administrator(stage)
    actor = Actor.launch(playwright, "admin", "admin")
    page = actor.page
    page.emulate_media(reduced_motion="reduce")  # a colour on its way is no colour to judge
    expect.set_options(timeout=15_000)
    try:
        actor.sign_in(stage.url)
        _offices(page, stage.url)
        _import(page, stage.url, tmp_path / "orang.xlsx")
        link = _edit(page)
        _set_password(page, link, stage.url)
    finally:
        expect.set_options(timeout=5_000)
        actor.close()


def _administrator(stage: Stage) -> None:
    rakor = Path(sys.executable).parent / "rakor"
    given = ["--name", "Sari Wibowo", "--password", PASSWORD]
    environment = os.environ | {"RAKOR_DATA": str(stage.data)}
    subprocess.run([rakor, "admin", "create", "admin", *given], env=environment, check=True, capture_output=True)


def _everywhere(page: Page) -> None:
    for screen in reversed(SCREENS):
        page.set_viewport_size(size(screen))
        examine(page)


def _offices(page: Page, url: str) -> None:
    page.goto(f"{url}/rapat")
    page.get_by_role("link", name="Direktori").click()
    expect(page.get_by_text("39 ditemukan")).to_be_visible()
    page.get_by_role("searchbox").fill("kalimantan utara")
    expect(page.get_by_text("1 ditemukan", exact=True)).to_be_visible()
    _everywhere(page)
    page.get_by_role("button", name="Sunting KPU Kaltara").click()
    expect(page.get_by_role("dialog").get_by_label("Zona waktu")).to_have_value("Asia/Makassar")
    examine(page)
    page.keyboard.press("Escape")


def _import(page: Page, url: str, file: Path) -> None:
    """One row is wrong; the others come when one says so."""
    book = Workbook()
    for row in (
        ["Nama pengguna", "Nama", "Satker", "Jabatan", "Mulai"],
        ["nyoman", "I Nyoman Suardika, S.H.", "KPU Bali", "Anggota", "1 Maret 2026"],
        ["ketut", "Ketut", "KPU Blai", "Anggota", ""],
    ):
        book.active.append(row)
    book.save(file)
    page.get_by_role("link", name="Impor").click()
    page.get_by_label("Berkas XLSX atau CSV").set_input_files(file)
    expect(page.get_by_text("Satker 'KPU Blai' tidak ada")).to_be_visible()
    _everywhere(page)
    page.get_by_text("Baru: 1").click()
    expect(page.get_by_text("Mulai: 2026-03-01")).to_be_visible()
    page.get_by_role("button", name="Terapkan 1 Baris yang Benar Saja").click()
    expect(page.get_by_text("Impor selesai: 1 baru, 0 berubah.")).to_be_visible()


def _edit(page: Page) -> str:
    """A new post ends the one before; then a link to a password. The link is given."""
    page.get_by_role("link", name="Orang", exact=True).click()
    page.get_by_role("searchbox").fill("nyoman")
    expect(page.get_by_text("1 ditemukan", exact=True)).to_be_visible()
    _everywhere(page)
    page.get_by_role("button", name="Sunting I Nyoman").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Jabatan Baru").click()
    expect(dialog.get_by_label("Satker")).to_have_value("bali")
    dialog.get_by_label("Jabatan", exact=True).fill("Ketua")
    examine(page)
    dialog.locator(".post-form").get_by_role("button", name="Simpan").click()
    expect(dialog.get_by_text("Perubahan tersimpan.")).to_be_visible()
    posts = dialog.locator(".posts > li")
    expect(posts).to_have_count(2)
    expect(posts.first).to_contain_text("Ketua hari ini")
    expect(posts.last).to_contain_text(re.compile("1 Mar 2026 sampai"))
    dialog.get_by_role("button", name="Hapus jabatan Ketua").click()
    expect(posts).to_have_count(1)
    dialog.get_by_role("button", name="Urungkan").click()
    expect(posts).to_have_count(2)
    dialog.get_by_role("button", name="Buat Tautan Kata Sandi").click()
    link = dialog.get_by_label("Tautan kata sandi")
    expect(link).to_be_visible()
    _everywhere(page)
    return link.input_value()


def _set_password(page: Page, link: str, url: str) -> None:
    page.goto(link)
    expect(page.get_by_text("I Nyoman Suardika, S.H.")).to_be_visible()
    _everywhere(page)
    for name in ("password", "again"):
        page.locator(f"input[name={name}]").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Simpan Kata Sandi").click()
    expect(page.get_by_role("heading", name="Kata sandi tersimpan")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{url}/masuk")
    page.get_by_label("Nama pengguna").fill("nyoman")
    page.get_by_label("Kata sandi", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Rapat", exact=True)).to_be_visible()
    page.goto(f"{url}/akun")
    expect(page.get_by_text("Ketua · KPU Bali")).to_be_visible()
    _everywhere(page)
    page.goto(link)
    expect(page.get_by_role("heading", name="Tautan tidak berlaku")).to_be_visible()
    examine(page)
