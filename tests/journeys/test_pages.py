"""Every page by eye and by ear: nothing that automatic checks of accessibility find, nothing wider than its screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Playwright, expect

from tests.journeys.actors import Actor
from tests.journeys.barriers import SCREENS, examine, size, widths
from tests.journeys.script import write_camera
from tests.journeys.stage import Stage

ENDED = "demo-arsip"
LONG_TITLE = "Rapat Koordinasi Persiapan Penyelesaian Pelanggaran Administrasi dan Sengketa Pemilihan Serentak Lanjutan"


@dataclass(frozen=True)
class Visitor:
    actor: Actor
    url: str
    meeting: str  # open, with a long title

    def address(self, path: str) -> str:
        return self.url + path.format(open=self.meeting, ended=ENDED)


@pytest.fixture(scope="module")
def visitor(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    folder = tmp_path_factory.mktemp("visitor")
    write_camera(folder / "camera.mjpeg", 40)
    stage = Stage(folder / "data")
    stage.start()
    try:
        meeting = _opened(stage)
        actor = Actor.launch(playwright, "dewi", "dewi", folder / "camera.mjpeg")
        actor.page.emulate_media(reduced_motion="reduce")  # a colour on its way is no colour to judge
        actor.sign_in(stage.url)
        yield Visitor(actor, stage.url, meeting)
        actor.close()
    finally:
        stage.stop()


def _opened(stage: Stage) -> str:
    """A meeting that has begun, with as long a title as offices write."""
    body = {"title": LONG_TITLE, "starts_at": datetime.now(UTC).isoformat(), "offices": ["kaltara", "sumbar"]}
    with stage.client("dewi") as secretariat:
        made = str(secretariat.post("/api/v1/meetings", json=body).json()["id"])
        assert secretariat.post(f"/api/v1/meetings/{made}/open").status_code == 200
    return made


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("path", "shows"),
    [
        ("/rapat", "Buat Rapat"),
        ("/rapat/{open}", "Gabung Rapat"),
        ("/arsip", "Arsip"),
        ("/arsip?q=menyelesaikan+sengketa", "hasil"),
        ("/arsip?q=kuda+nil", "Tidak ada hasil"),
        ("/arsip/{ended}", "Hasil mesin"),
        ("/tindak-lanjut", "Belum ada tindak lanjut untuk kantor Anda."),
        ("/tindak-lanjut/semua", "Belum ada tindak lanjut dari rapat"),
        ("/tindak-lanjut/tidak-ada", "Yang dicari tidak ada"),
        ("/arsip/{ended}?baris=tidak-ada", "Hasil mesin"),
        ("/arsip/{ended}/notula", "Belum ada notula"),
        ("/verifikasi", "Verifikasi Dokumen"),
        ("/direktori/nomor", "Contoh nomor berikutnya"),
        ("/tidak/ada/di/sini", "Halaman tidak ditemukan"),
    ],
)
def test_a_page_holds_no_barrier(visitor: Visitor, path: str, shows: str, screen: str) -> None:
    page = visitor.actor.page
    page.set_viewport_size(size(screen))
    page.goto(visitor.address(path))
    expect(page.get_by_text(shows).first).to_be_visible()
    examine(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_doubtful_passages_are_gone_through_by_keyboard(visitor: Visitor, screen: str) -> None:
    page = visitor.actor.page
    page.set_viewport_size(size(screen))
    page.goto(visitor.address("/arsip/{ended}"))
    place = page.locator(".steps").get_by_role("status")
    expect(place).to_have_text(re.compile(r"^\d+ bagian bertanda$"))
    total = int((place.text_content() or "0").split()[0])
    page.keyboard.press("b")
    page.keyboard.press("b")
    expect(place).to_have_text(f"2 dari {total}")
    page.keyboard.press("s")
    expect(place).to_have_text(f"1 dari {total}")
    note = page.locator("details[open]")
    expect(note).to_have_count(1)
    expect(note.locator("summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(note.get_by_role("button", name="Putar dari sini")).to_be_focused()
    examine(page)
    page.get_by_label("Tandai yang perlu diperiksa").uncheck()
    expect(page.locator(".passage-sign")).to_have_count(0)
    page.locator(".line", has_text="20 Juli").first.scroll_into_view_if_needed()  # far away there are words only
    page.locator("summary", has_text="20 Juli").click()
    expect(page.get_by_text("Terdengar: “tanggal dua puluh juli.”")).to_be_visible()
    page.get_by_label("Tandai yang perlu diperiksa").check()
    page.keyboard.press("b")  # the box that was ticked has the keyboard, and takes no letters
    expect(place).to_have_text(f"2 dari {total}")


@pytest.mark.parametrize("screen", SCREENS)
def test_attendance_is_corrected_withdrawn_and_taken_home(visitor: Visitor, screen: str) -> None:
    page = visitor.actor.page
    page.set_viewport_size(size(screen))
    page.goto(visitor.address("/arsip/{ended}"))
    page.get_by_text("Daftar hadir", exact=True).click()
    expect(page.get_by_text("3 dari 34 satker hadir")).to_be_visible()
    page.get_by_role("button", name="Koreksi KIP Aceh").click()
    dialog = page.get_by_role("dialog", name="Koreksi KIP Aceh")
    dialog.get_by_label("Status").select_option("Diwakili")
    dialog.get_by_label("Diwakili oleh").fill("Wulan Prasetyo, KPU Sumbar")
    dialog.get_by_label("Alasan").fill("Surat kuasa nomor 7/2020.")
    examine(page)
    dialog.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("4 dari 34 satker hadir")).to_be_visible()
    expect(page.get_by_role("button", name="Koreksi KIP Aceh")).to_be_focused()
    page.get_by_label("Dikoreksi: KIP Aceh").press("Enter")
    expect(page.get_by_text("Alasan: Surat kuasa nomor 7/2020.").first).to_be_visible()
    page.get_by_text("Riwayat koreksi").press("Enter")
    examine(page)
    page.get_by_role("button", name=re.compile("Cabut koreksi")).first.click()
    page.get_by_role("dialog").get_by_label("Alasan").fill("Keliru satker.")
    page.get_by_role("button", name="Cabut Koreksi", exact=True).click()
    expect(page.get_by_text("3 dari 34 satker hadir")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Unduh PDF").click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_form_for_a_meeting_holds_no_barrier(visitor: Visitor, screen: str) -> None:
    page = visitor.actor.page
    page.set_viewport_size(size(screen))
    page.goto(visitor.address("/rapat"))
    page.get_by_role("button", name="Buat Rapat").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    examine(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_room_holds_no_barrier(visitor: Visitor, screen: str) -> None:
    page = visitor.actor.page
    page.set_viewport_size(size(screen))
    visitor.actor.enter(visitor.url, visitor.meeting, camera=True)
    for panel in ("Peserta 1", "Transkrip"):
        button = page.get_by_role("toolbar").get_by_role("button", name=panel)
        if button.get_attribute("aria-pressed") != "true":
            button.click()
        examine(page)
    page.get_by_role("button", name="Tinggalkan Rapat").click()
    expect(page.get_by_role("heading", name="Anda telah meninggalkan rapat")).to_be_visible()
    examine(page)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_masthead_fits_every_width(visitor: Visitor, language: str) -> None:
    """From WCAG's 320 px (1.4.10) past every width at which its layout changes, and at once: nothing moves there."""
    page = visitor.actor.page
    page.goto(visitor.address("/rapat"))
    page.locator(".language select").select_option(language)
    wider = []
    for width in range(320, 960, 16):
        for each in (1280, width, width + 1):
            page.set_viewport_size({"width": each, "height": 740})
            found, screen = widths(page)
            wider += [(found, screen)] if found > screen else []
    page.locator(".language select").select_option("id")
    assert wider == []


def test_whoever_opens_a_meeting_on_its_page_is_in_it(visitor: Visitor) -> None:
    page = visitor.actor.page
    page.goto(visitor.address("/rapat"))
    meeting = page.evaluate(
        """async (given) => {
            const headers = { "Content-Type": "application/json" };
            const made = await fetch("/api/v1/meetings", { method: "POST", headers, body: JSON.stringify(given) });
            return (await made.json()).id;
        }""",
        {"title": "Rapat Uji", "starts_at": datetime.now(UTC).isoformat(), "offices": ["kaltara"]},
    )
    page.goto(visitor.address(f"/rapat/{meeting}"))
    page.get_by_role("button", name="Mulai Rapat").click()
    visitor.actor.connected()


def test_the_first_page_holds_no_barrier(visitor: Visitor) -> None:
    stranger = visitor.actor.browser.new_context(locale="id-ID", bypass_csp=True)
    try:
        page = stranger.new_page()
        page.emulate_media(reduced_motion="reduce")
        for screen in SCREENS:
            page.set_viewport_size(size(screen))
            page.goto(f"{visitor.url}/masuk")
            expect(page.get_by_role("button", name="Masuk")).to_be_visible()
            examine(page)
    finally:
        stranger.close()
