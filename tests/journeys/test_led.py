"""A meeting that is led: its agenda, the floor, what is off the record, and who is shown out."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.journeys.actors import Actor
from tests.journeys.barriers import SCREENS, examine, size
from tests.journeys.play import MEETING
from tests.journeys.room import CHAIR, Guest, Room, gathered
from tests.journeys.script import RATE_HZ
from tests.waiting import until

SECRETARY, PROVINCE = "dewi", "maria"
APART_S = 0.1  # clocks of page and media
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("led")


@pytest.fixture(scope="module")
def room(playwright: Playwright, folder: Path) -> Iterator[Room]:
    with gathered(playwright, folder, [Guest(CHAIR), Guest(SECRETARY), Guest(PROVINCE)]) as room:
        for name in room.people:
            room.page(name).emulate_media(reduced_motion="reduce")  # a colour on its way is no colour to judge
        yield room


def panel(page: Page, key: str, name: str) -> Locator:
    """Open one by its key, wherever the keyboard is."""
    found = page.get_by_role("complementary", name=name)
    if not found.is_visible():
        page.evaluate("document.activeElement?.blur()")  # keys act only while nobody types
        page.keyboard.press(key)
    expect(found).to_be_visible()
    return found


def lead(page: Page, *steps: str) -> None:
    """Through the dialog of whoever leads, by keyboard."""
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press("r")
    for step in steps:
        page.get_by_role("dialog").get_by_role("button", name=step, exact=True).press("Enter")


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_agenda_is_gone_through_and_everybody_sees_where_it_is(room: Room) -> None:
    chair, province = room.page(CHAIR), room.page(PROVINCE)
    agenda = panel(chair, "g", "Acara dan hasil rapat")
    agenda.get_by_role("button", name="Berikutnya: Pembukaan").press("Enter")
    expect(province.get_by_text("1/6 Pembukaan")).to_be_visible()
    agenda.get_by_role("button", name="Bahas sekarang: Pembacaan doa").press("Enter")
    expect(province.get_by_text("Perekaman dijeda.")).to_be_visible()
    agenda.get_by_role("button", name="Berikutnya: Paparan penyelesaian pelanggaran administrasi").press("Enter")
    expect(province.get_by_text("Perekaman dijeda.")).to_have_count(0)
    expect(panel(province, "g", "Acara dan hasil rapat").get_by_role("button", name="Catat Hasil")).to_have_count(0)


def test_whoever_asks_gets_the_floor_and_speaks_though_microphones_are_locked(room: Room) -> None:
    chair, province = room.page(CHAIR), room.page(PROVINCE)
    lead(chair, "Matikan Semua Mikrofon")
    chair.get_by_label("Peserta dapat menyalakan mikrofonnya sendiri").press("Space")
    chair.get_by_role("button", name="Matikan", exact=True).press("Enter")
    microphone = province.get_by_role("button", name=re.compile("^Nyalakan mikrofon"))
    expect(microphone).to_have_attribute("aria-disabled", "true")
    province.keyboard.press("a")
    people = panel(chair, "p", "Peserta")
    expect(people.get_by_role("heading", name="Tangan terangkat (1)")).to_be_visible()
    people.get_by_role("button", name=re.compile("^Beri waktu kepada .*Maria")).press("Enter")
    chair.get_by_label("Waktu bicara").select_option("2")
    chair.get_by_role("button", name="Beri Kesempatan Bicara").press("Enter")
    floor = province.get_by_role("region", name="Kesempatan bicara")
    expect(floor).to_contain_text("Anda mendapat kesempatan bicara")
    expect(floor).to_contain_text(re.compile(r"sisa 01\.5\d"))
    expect(microphone).not_to_have_attribute("aria-disabled", "true")
    province.keyboard.press("m")
    expect(province.get_by_role("button", name=re.compile("^Matikan mikrofon"))).to_be_visible()
    chair.get_by_role("button", name="Tambah 1 Menit").press("Enter")
    expect(floor).to_contain_text(re.compile(r"sisa 02\.\d\d"))
    floor.get_by_role("button", name=re.compile("^Selesai: kesempatan bicara")).press("Enter")
    expect(floor).to_have_count(0)
    expect(microphone).to_have_attribute("aria-disabled", "true")
    people.get_by_role("button", name="Buka Kunci").press("Enter")
    expect(microphone).not_to_have_attribute("aria-disabled", "true")


def test_outcomes_are_noted_and_shown_to_the_room(room: Room) -> None:
    secretary, province = room.page(SECRETARY), room.page(PROVINCE)
    agenda = panel(secretary, "g", "Acara dan hasil rapat")
    agenda.get_by_role("button", name="Catat Hasil").press("Enter")
    secretary.get_by_role("textbox", name="Isi").fill("Klarifikasi dijadwalkan 12 Juli.")
    secretary.get_by_role("button", name="Simpan").press("Enter")
    shown = panel(province, "g", "Acara dan hasil rapat")
    expect(shown.get_by_text("Klarifikasi dijadwalkan 12 Juli.")).to_be_visible()
    agenda.get_by_role("button", name="Catat Hasil").press("Enter")
    secretary.get_by_label("Jenis").select_option("follow_up")
    secretary.get_by_role("textbox", name="Isi").fill("Kirim daftar alat bukti.")
    secretary.get_by_label("Penanggung jawab").fill("KPU Kaltara")
    secretary.get_by_label("Tenggat").fill("2026-12-01")
    secretary.get_by_role("button", name="Simpan").press("Enter")
    expect(shown.get_by_text("KPU Kaltara · tenggat 1 Des 2026")).to_be_visible()
    agenda.get_by_role("button", name="Tarik Keputusan").press("Enter")
    expect(shown.get_by_text("(ditarik)")).to_be_visible()
    agenda.get_by_role("button", name="Pulihkan Keputusan").press("Enter")
    expect(shown.get_by_text("(ditarik)")).to_have_count(0)


def test_chat_reaches_whom_it_is_for(room: Room) -> None:
    chair, secretary, province = (room.page(name) for name in (CHAIR, SECRETARY, PROVINCE))
    talk = panel(province, "o", "Obrolan")
    talk.get_by_label("Pesan", exact=True).fill("Selamat pagi, berkas sudah kami kirim.")
    talk.get_by_label("Pesan", exact=True).press("Enter")
    expect(chair.get_by_role("button", name="Obrolan. 1 pesan baru")).to_be_visible()
    talk.get_by_label("Kirim kepada").select_option("leaders")
    talk.get_by_label("Pesan", exact=True).fill("Mohon waktu lima menit.")
    talk.get_by_label("Pesan", exact=True).press("Enter")
    read = panel(chair, "o", "Obrolan")
    expect(read.get_by_text("Mohon waktu lima menit.")).to_be_visible()
    expect(read.get_by_text("kepada pimpinan dan sekretariat")).to_be_visible()
    expect(chair.get_by_role("button", name="Obrolan", exact=True)).to_be_visible()
    read.get_by_label("Kirim kepada").select_option(room.seat(PROVINCE))
    read.get_by_label("Pesan", exact=True).fill("Silakan, Bu.")
    read.get_by_label("Pesan", exact=True).press("Enter")
    expect(talk.get_by_text("Silakan, Bu.")).to_be_visible()
    read.get_by_role("button", name="Batasi Obrolan").press("Enter")
    expect(talk.get_by_label("Kirim kepada").get_by_role("option", name="Semua peserta")).to_have_count(0)
    expect(panel(secretary, "o", "Obrolan").get_by_text("Silakan, Bu.")).to_have_count(0)
    read.get_by_role("button", name="Bebaskan Obrolan").press("Enter")
    expect(talk.get_by_label("Kirim kepada").get_by_role("option", name="Semua peserta")).to_have_count(1)


def test_an_office_has_one_voice_and_the_result_is_shown(room: Room) -> None:
    chair, province = room.page(CHAIR), room.page(PROVINCE)
    panel(chair, "g", "Acara dan hasil rapat").get_by_role("button", name="Buka Pemungutan Suara").press("Enter")
    chair.get_by_label("Yang diputuskan").fill("Setuju jadwal klarifikasi 12 Juli?")
    chair.get_by_role("dialog").get_by_label("Cara").select_option("roll_call")
    chair.get_by_role("dialog").get_by_role("button", name="Buka Pemungutan Suara").press("Enter")
    voting = province.get_by_role("region", name="Pemungutan suara")
    expect(voting.get_by_text("Setuju 0 · Tidak setuju 0 · Abstain 0 · Belum 38")).to_be_visible()
    expect(voting.get_by_role("button", name="Setuju", exact=True)).to_have_count(0)
    chair.get_by_role("region", name="Pemungutan suara").get_by_role("button", name="Rincian").press("Enter")
    chair.get_by_role("button", name="Panggil KPU Kaltara").press("Enter")
    expect(voting.get_by_text("Satker Anda dipanggil")).to_be_visible()
    voting.get_by_role("button", name="Setuju", exact=True).press("Enter")
    expect(voting.get_by_text("Setuju 1 · Tidak setuju 0 · Abstain 0 · Belum 37")).to_be_visible()
    chair.get_by_role("button", name="Berikutnya: KPU Sulut").press("Enter")
    chair.get_by_role("button", name="Abstain: KPU Sulut").press("Enter")
    examine(chair)
    chair.get_by_role("button", name="Tutup Pemungutan Suara").press("Enter")
    expect(voting).to_have_count(0)
    shown = panel(province, "g", "Acara dan hasil rapat")
    expect(shown.get_by_text("Setuju 1 · Tidak setuju 0 · Abstain 1 · Belum 36")).to_be_visible()


def test_nothing_said_off_the_record_reaches_the_disk(room: Room, folder: Path) -> None:
    chair, province = room.page(CHAIR), room.page(PROVINCE)
    room.people[PROVINCE].switch("mikrofon", True)
    room.people[PROVINCE].prepare(_noise())
    room.people[PROVINCE].speak_from(time.time() * 1000)
    peer = str(province.evaluate("window.rakor.peer"))
    recorded = folder / "data" / "recordings" / MEETING / peer
    until(lambda: list(recorded.glob("*.webm")), 20, "nothing is recorded")
    lead(chair, "Jeda Perekaman")
    chair.get_by_label("Alasan jeda").fill("Pembacaan doa")
    chair.get_by_role("dialog").get_by_role("button", name="Jeda Perekaman").press("Enter")
    expect(province.get_by_text("Perekaman dijeda. Pembacaan doa.")).to_be_visible()
    paused = elapsed(province)
    sent = _sent(province)
    until(lambda: _sent(province) > sent + 100, 30, "nothing is said off the record")
    resumed = elapsed(province)
    lead(chair, "Lanjutkan Perekaman")
    close(chair)
    expect(province.get_by_text("Perekaman dijeda.")).to_have_count(0)
    until(lambda: _spans(recorded)[-1][1] > resumed + 1, 30, "nothing is recorded any more")
    assert resumed - paused > 1.5
    inside = [span for span in _spans(recorded) if span[0] < resumed - APART_S and span[1] > paused + APART_S]
    assert inside == []


def elapsed(page: Page) -> float:
    """Meeting time by the page's clock, in seconds."""
    return float(page.evaluate("window.rakor.time"))


def _sent(page: Page) -> int:
    rows = page.evaluate("window.rakor.stats()")["outbound"]
    return int(sum(row["packetsSent"] for row in rows if row["kind"] == "audio"))


def _noise() -> npt.NDArray[np.int16]:
    """A minute that no codec takes for silence."""
    return np.random.default_rng(1).normal(0, 3_000, RATE_HZ * 60).astype(np.int16)


def _spans(recorded: Path) -> list[tuple[float, float]]:
    names = sorted(file.stem.split("-") for file in recorded.glob("*.webm"))
    return [(int(start) / 1000, int(end) / 1000) for start, end in names]


@pytest.mark.parametrize("screen", SCREENS)
def test_panels_and_dialogs_of_who_leads_hold_no_barrier(room: Room, screen: str) -> None:
    page = room.page(SECRETARY)
    page.set_viewport_size(size(screen))
    room.page(PROVINCE).keyboard.press("i")
    for key, name in (("g", "Acara dan hasil rapat"), ("o", "Obrolan"), ("p", "Peserta")):
        panel(page, key, name)
        examine(page)
    page.get_by_role("button", name=re.compile("^Beri waktu kepada")).first.press("Enter")
    examine(page)
    page.get_by_role("button", name="Beri Kesempatan Bicara").press("Enter")
    examine(page)
    page.get_by_role("button", name=re.compile("^Selesai: kesempatan bicara")).press("Enter")
    page.get_by_role("button", name=re.compile("^Tindakan untuk .*Maria")).press("Enter")
    examine(page)
    page.get_by_role("button", name="Keluarkan dari Rapat").press("Enter")
    examine(page)
    close(page)
    lead(page)
    examine(page)
    close(page)
    for button in ("Catat Hasil", "Ubah Acara"):
        panel(page, "g", "Acara dan hasil rapat").get_by_role("button", name=button).press("Enter")
        examine(page)
        close(page)
    page.set_viewport_size(size("desk"))


def test_the_meeting_is_suspended_and_goes_on(room: Room) -> None:
    chair, province = room.page(CHAIR), room.page(PROVINCE)
    lead(chair, "Skors Rapat")
    expect(province.get_by_text("Rapat diskors.")).to_be_visible()
    chair.get_by_role("button", name="Cabut Skors").press("Enter")
    close(chair)
    expect(province.get_by_text("Rapat diskors.")).to_have_count(0)


def test_who_is_shown_out_for_good_does_not_come_back_until_let_in(room: Room) -> None:
    chair, province = room.page(CHAIR), room.page(PROVINCE)
    people = panel(chair, "p", "Peserta")
    people.get_by_role("button", name=re.compile("^Tindakan untuk .*Maria")).press("Enter")
    chair.get_by_role("button", name="Keluarkan dari Rapat").press("Enter")
    chair.get_by_label("Tidak boleh masuk kembali").press("Space")
    chair.get_by_role("button", name="Keluarkan dari Rapat").press("Enter")
    expect(province.get_by_text("Anda dikeluarkan dari rapat ini oleh pimpinan rapat.")).to_be_visible()
    address = province.url.removesuffix("/ruang")
    province.goto(address)
    province.get_by_role("button", name="Gabung Rapat").click()
    expect(province.get_by_text(re.compile("Hubungi sekretariat penyelenggara"))).to_be_visible()
    lead(chair, "Izinkan masuk kembali: Maria Tandilangi")
    close(chair)
    province.goto(address)
    province.get_by_role("button", name="Gabung Rapat").click()
    room.people[PROVINCE].connected()


def test_of_a_guest_who_refuses_nothing_reaches_the_disk(room: Room, playwright: Playwright, folder: Path) -> None:
    invitation = {"name": "Hendra Gunawan", "institution": "Bawaslu RI"}
    link = room.operator.post(f"/api/v1/meetings/{MEETING}/invitations", json=invitation).json()["url"]
    guest = Actor.launch(playwright, "hendra", "")
    try:
        page = guest.page
        page.goto(link)
        page.get_by_role("button", name="Terima Undangan").click()
        guest.switch("mikrofon", True)
        page.get_by_role("button", name="Gabung Rapat").click()
        expect(page.get_by_text("Pilih lebih dahulu apakah suara Anda boleh direkam.")).to_be_visible()
        page.emulate_media(reduced_motion="reduce")
        examine(page)
        page.get_by_label("Saya ikut tanpa direkam").check()
        page.get_by_role("button", name="Gabung Rapat").click()
        guest.connected()
        people = panel(room.page(CHAIR), "p", "Peserta")
        expect(people.get_by_text(re.compile("Bawaslu RI · Tamu · tidak direkam"))).to_be_visible()
        guest.prepare(_noise())
        guest.speak_from(time.time() * 1000)
        sent = _sent(page)
        until(lambda: _sent(page) > sent + 100, 30, "the guest says nothing")
        until(lambda: people.locator(".person-speaking").count() > 0, 20, "nobody hears the guest")
        peer = str(page.evaluate("window.rakor.peer"))
        assert not (folder / "data" / "recordings" / MEETING / peer).exists()
    finally:
        guest.close()


def test_afterwards_the_archive_tells_what_happened(room: Room) -> None:
    chair = room.page(CHAIR)
    lead(chair, "Akhiri Rapat untuk Semua")
    chair.get_by_role("button", name="Akhiri Rapat", exact=True).press("Enter")
    chair.get_by_role("link", name="Lihat Transkrip").click()
    results = chair.get_by_role("region", name="Hasil rapat")
    expect(results.get_by_text("Keputusan. Klarifikasi dijadwalkan 12 Juli.")).to_be_visible()
    expect(results.get_by_text("Subbag", exact=False)).to_have_count(0)
    expect(chair.get_by_role("heading", name="Paparan penyelesaian pelanggaran administrasi")).to_be_visible()
    expect(chair.get_by_text("(perekaman dijeda: Pembacaan doa)").first).to_be_visible()
    expect(chair.get_by_text(re.compile(r"\(rapat diskors pukul .*\)"))).to_be_visible()
    expect(chair.get_by_text(re.compile("Kesempatan bicara: Maria Tandilangi, selama"))).not_to_have_count(0)
    expect(results.get_by_text(re.compile("Setuju 1 · Tidak setuju 0 · Abstain 1 · Belum 36"))).to_be_visible()
    chair.get_by_text("Daftar hadir", exact=True).click()
    expect(chair.get_by_text(re.compile(r"1 dari 38 satker hadir"))).to_be_visible()
    expect(chair.get_by_role("rowheader", name=re.compile("Bawaslu RI"))).to_be_visible()
    for screen in SCREENS:
        chair.set_viewport_size(size(screen))
        examine(chair)
