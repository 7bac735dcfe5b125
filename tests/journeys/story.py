"""A whole rakor, told step by step: a chair, a secretary, two provinces, one of them a hall, and a guest.

A journey plays it and compares what the archive says with what people did and saw; `make screenshots` plays it with a
camera. Whatever is pressed is reached with the keyboard alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Playwright, expect

from tests.journeys.actors import Actor
from tests.journeys.barriers import tab_to
from tests.journeys.stage import Stage

CHAIR, SECRETARY, HALL, PROVINCE, GUEST = "ratna", "dewi", "maria", "wulan", "hendra"
TITLE = "Rapat Koordinasi Kesiapan Alat Bukti Penyelesaian Perselisihan Hasil Pemilihan"
BEFORE = "Rapat Persiapan Alat Bukti"
AGENDA = "Pembukaan | Pembawa acara | 5\n* Pembacaan doa | 3\nPaparan kesiapan alat bukti | Ratna Wulandari | 20"
OFFICES = ("KPU Provinsi Kalimantan Utara", "KPU Provinsi Sumatera Barat", "Komisi Independen Pemilihan Aceh")
DECISION = "Daftar alat bukti dikirim paling lambat 12 Desember."
FOLLOW_UP = "Susun kronologi dan daftar saksi."
LEFT = "Lengkapi surat kuasa khusus."
QUESTION = "Setuju jadwal klarifikasi 12 Desember?"
STANDS_IN_MS = 25_000  # ten seconds of grace, and a slow machine
Camera = Callable[[Page, str], None]


@dataclass
class Told:
    """What people did and saw, with the second of the meeting at which they did."""

    meeting: str = ""
    at: dict[str, float] = field(default_factory=dict)


@dataclass
class Story:
    stage: Stage
    playwright: Playwright
    shoot: Camera
    after: ExitStack
    people: dict[str, Actor] = field(default_factory=dict)
    told: Told = field(default_factory=Told)

    def page(self, name: str) -> Page:
        return self.people[name].page

    def come(self, name: str) -> Page:
        """At their browser, signed in; a guest has no account."""
        actor = Actor.launch(self.playwright, name, "" if name == GUEST else name)
        self.people[name] = actor
        self.after.callback(actor.close)
        actor.page.emulate_media(reduced_motion="reduce")
        if name != GUEST:
            actor.sign_in(self.stage.url)
        return actor.page

    def stamp(self, what: str, name: str) -> None:
        """Meeting time by this person's page."""
        self.told.at[what] = float(self.page(name).evaluate("window.rakor.time"))

    # --- by keyboard ---

    def press(self, page: Page, wanted: Locator) -> None:
        tab_to(page, wanted)
        page.keyboard.press("Enter")

    def key(self, page: Page, key: str) -> None:
        """One that works anywhere, while nobody types."""
        page.evaluate("document.activeElement?.blur()")
        page.keyboard.press(key)

    def panel(self, page: Page, key: str, name: str) -> Locator:
        found = page.get_by_role("complementary", name=name)
        if not found.is_visible():
            self.key(page, key)
        expect(found).to_be_visible()
        return found

    def dialog(self, page: Page, name: str) -> Locator:
        return page.get_by_role("dialog").get_by_role("button", name=name, exact=True)

    def quiet(self, name: str) -> None:
        """Without microphone and camera: five browsers with pictures are more than two cores bear."""
        for device in ("mikrofon", "kamera"):
            self.people[name].switch(device, False)

    def join(self, name: str) -> None:
        page = self.page(name)
        self.quiet(name)
        self.press(page, page.get_by_role("button", name="Gabung Rapat"))
        self.people[name].connected()
        self.stamp(f"{name} came", name)

    # --- the steps, in order ---

    def before(self) -> None:
        """An earlier meeting leaves something to be done."""
        page = self.come(SECRETARY)
        self.shoot(page, "daftar-rapat")
        meeting = self._plan(page, BEFORE, "", None)
        page.goto(f"{self.stage.url}/rapat/{meeting}")
        self.quiet(SECRETARY)
        self.press(page, page.get_by_role("button", name="Mulai Rapat"))
        self.people[SECRETARY].connected()
        self._note(page, LEFT, "follow_up", "KPU Sumbar", "2026-12-01")
        self._end(page)

    def plan(self) -> None:
        page = self.page(SECRETARY)
        page.goto(f"{self.stage.url}/rapat")
        self.told.meeting = self._plan(page, TITLE, AGENDA, BEFORE)

    def _plan(self, page: Page, title: str, agenda: str, previous: str | None) -> str:
        self.press(page, page.get_by_role("button", name="Buat Rapat"))
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Perihal").fill(title)
        dialog.locator("[name=agenda]").fill(agenda)
        for office in OFFICES:
            dialog.get_by_role("checkbox", name=re.compile(office)).check()
        if previous is not None:
            dialog.get_by_label("Ruang tunggu").select_option("guests")
            dialog.get_by_label("Kuorum").fill("2")
            dialog.get_by_label("Lanjutan dari rapat").select_option(label=previous)
            self.shoot(page, "buat-rapat")
        self.press(page, dialog.get_by_role("button", name="Buat Rapat"))
        expect(dialog).to_have_count(0)
        row = page.locator("li[id^=rapat-]", has_text=title)
        return str(row.get_attribute("id")).removeprefix("rapat-")

    def opened(self) -> None:
        """The hall is early, the chair opens, and is told that there is no quorum."""
        address = f"{self.stage.url}/rapat/{self.told.meeting}"
        hall = self.come(HALL)
        hall.goto(address)
        expect(hall.get_by_text("Rapat belum dibuka.")).to_be_visible()
        self.shoot(hall, "belum-dibuka")
        chair = self.come(CHAIR)
        chair.goto(address)
        self.quiet(CHAIR)
        self.shoot(chair, "sebelum-masuk")
        self.press(chair, chair.get_by_role("button", name="Mulai Rapat"))
        self.people[CHAIR].connected()
        self.stamp(f"{CHAIR} came", CHAIR)
        expect(chair.get_by_text("Kuorum belum terpenuhi: 0 dari 2")).to_be_visible()
        self.shoot(chair, "kuorum-belum")
        self.page(SECRETARY).goto(address)
        self.join(SECRETARY)

    def lobby(self) -> None:
        """A guest reads the notice, waits, and is let in."""
        chair = self.page(CHAIR)
        with self.stage.client(SECRETARY) as client:
            invitation = {"name": "Hendra Gunawan", "institution": "Bawaslu RI"}
            answer = client.post(f"/api/v1/meetings/{self.told.meeting}/invitations", json=invitation)
        guest = self.come(GUEST)
        guest.goto(answer.json()["url"])
        self.shoot(guest, "undangan")
        self.press(guest, guest.get_by_role("button", name="Terima Undangan"))
        self.quiet(GUEST)
        tab_to(guest, guest.get_by_label("Saya setuju suara saya direkam"))
        guest.keyboard.press("Space")
        self.shoot(guest, "tamu-sebelum-masuk")
        self.press(guest, guest.get_by_role("button", name="Gabung Rapat"))
        expect(guest.get_by_role("heading", name="Menunggu diizinkan masuk")).to_be_visible()
        self.shoot(guest, "menunggu")
        expect(chair.get_by_text("Hendra Gunawan (Bawaslu RI) menunggu di ruang tunggu")).to_be_visible()
        self.panel(chair, "p", "Peserta")
        self.shoot(chair, "ruang-tunggu")
        self.press(chair, chair.get_by_role("button", name="Izinkan Hendra Gunawan masuk"))
        self.people[GUEST].connected()
        self.stamp(f"{GUEST} came", GUEST)

    def provinces(self) -> None:
        """Two of three offices come, one as a hall that names who sits there; with them comes quorum."""
        chair, hall = self.page(CHAIR), self.page(HALL)
        tab_to(hall, hall.get_by_label("Beberapa orang di ruangan ini"))
        hall.keyboard.press("Space")
        self.join(HALL)
        self.shoot(hall, "perangkat-bersama")
        self.press(hall, hall.get_by_role("button", name="Tulis Nama"))
        hall.get_by_label("Satu orang per baris").fill("Ani Lestari | Kasubbag Hukum\nBudi Santoso | Staf")
        self.shoot(hall, "tulis-nama")
        self.press(hall, self.dialog(hall, "Simpan"))
        expect(chair.get_by_text("Ani Lestari, Budi Santoso").first).to_be_visible()
        province = self.come(PROVINCE)
        province.goto(f"{self.stage.url}/rapat/{self.told.meeting}")
        self.join(PROVINCE)
        self.told.at["quorum"] = self.told.at[f"{PROVINCE} came"]
        expect(chair.get_by_text("Kuorum belum terpenuhi")).to_have_count(0)
        expect(chair.get_by_text("2 dari 3 satker hadir · kuorum 2")).to_be_visible()
        self.shoot(chair, "peserta")

    def agenda(self) -> None:
        """The first items, one of them off the record; what the last meeting left is settled."""
        chair, hall = self.page(CHAIR), self.page(HALL)
        panel = self.panel(chair, "g", "Acara dan hasil rapat")
        for title in ("Pembukaan", "Pembacaan doa"):
            self.press(chair, panel.get_by_role("button", name=f"Berikutnya: {title}"))
            expect(hall.get_by_text(re.compile(rf"\d/3 {title}"))).to_be_visible()
            self.stamp(title, HALL)
        expect(hall.get_by_text("Perekaman dijeda.")).to_be_visible()
        self.shoot(hall, "tidak-direkam")
        self.press(chair, panel.get_by_role("button", name="Berikutnya: Paparan kesiapan alat bukti"))
        expect(hall.get_by_text("Perekaman dijeda.")).to_have_count(0)
        self.stamp("Paparan kesiapan alat bukti", HALL)
        secretary = self.page(SECRETARY)
        panel = self.panel(secretary, "g", "Acara dan hasil rapat")
        self.shoot(secretary, "acara")
        self.press(secretary, panel.get_by_role("button", name=f"Catat: {LEFT}"))
        secretary.get_by_role("dialog").get_by_label("Keadaan").select_option("done")
        secretary.get_by_role("dialog").get_by_label("Keterangan").fill("Diterima 27 November.")
        self.shoot(secretary, "tindak-lanjut-lama")
        self.press(secretary, self.dialog(secretary, "Simpan"))
        expect(panel.get_by_text("0 dari 1 masih terbuka")).to_be_visible()

    def floor(self) -> None:
        """A hand, the floor for half a minute, and its time runs out while outcomes are noted."""
        chair, hall, secretary = self.page(CHAIR), self.page(HALL), self.page(SECRETARY)
        self.key(hall, "a")
        people = self.panel(chair, "p", "Peserta")
        expect(people.get_by_role("heading", name="Tangan terangkat (1)")).to_be_visible()
        self.shoot(chair, "tangan")
        self.press(chair, people.get_by_role("button", name=re.compile("^Beri waktu kepada .*Kaltara")))
        chair.get_by_label("Waktu bicara").select_option("0.5")
        chair.get_by_label("Nama pembicara").fill("Ani Lestari")
        self.shoot(chair, "beri-kesempatan")
        self.press(chair, self.dialog(chair, "Beri Kesempatan Bicara"))
        floor = hall.get_by_role("region", name="Kesempatan bicara")
        expect(floor).to_contain_text("Anda mendapat kesempatan bicara")
        self.stamp("floor given", HALL)
        self.shoot(hall, "waktu-bicara")
        self._note(secretary, DECISION, "decision", "", "")
        self.stamp("decision", SECRETARY)
        self._note(secretary, FOLLOW_UP, "follow_up", "KPU Kaltara", "2026-12-12")
        expect(self.panel(hall, "g", "Acara dan hasil rapat").get_by_text(DECISION)).to_be_visible()
        self.shoot(hall, "hasil")
        expect(floor).to_contain_text(re.compile("lewat"), timeout=40_000)
        self.stamp("time over", HALL)
        self.shoot(hall, "waktu-habis")
        self.press(chair, chair.get_by_role("button", name=re.compile("^Selesai: kesempatan bicara")))
        expect(floor).to_have_count(0)
        self.stamp("floor closed", HALL)

    def _note(self, page: Page, text: str, kind: str, who: str, due: str) -> None:
        panel = self.panel(page, "g", "Acara dan hasil rapat")
        self.press(page, panel.get_by_role("button", name="Catat Hasil"))
        page.get_by_label("Jenis").select_option(kind)
        page.get_by_role("textbox", name="Isi").fill(text)
        if kind == "follow_up":
            page.get_by_label("Penanggung jawab").fill(who)
            page.get_by_label("Tenggat").fill(due)
            self.shoot(page, "catat-hasil")
        self.press(page, self.dialog(page, "Simpan"))
        expect(panel.get_by_text(text)).to_be_visible()

    def vote(self) -> None:
        """A roll-call vote: one office says it itself, one has it entered, one is silent."""
        chair, hall = self.page(CHAIR), self.page(HALL)
        panel = self.panel(chair, "g", "Acara dan hasil rapat")
        self.press(chair, panel.get_by_role("button", name="Buka Pemungutan Suara"))
        chair.get_by_label("Yang diputuskan").fill(QUESTION)
        chair.get_by_role("dialog").get_by_label("Cara").select_option("roll_call")
        self.press(chair, self.dialog(chair, "Buka Pemungutan Suara"))
        voting = hall.get_by_role("region", name="Pemungutan suara")
        self.press(chair, chair.get_by_role("region", name="Pemungutan suara").get_by_role("button", name="Rincian"))
        self.press(chair, chair.get_by_role("button", name="Panggil KPU Kaltara"))
        expect(voting.get_by_text("Satker Anda dipanggil")).to_be_visible()
        self.shoot(hall, "memilih")
        self.press(hall, voting.get_by_role("button", name="Setuju", exact=True))
        self.press(chair, chair.get_by_role("button", name="Panggil KPU Sumbar"))
        self.press(chair, chair.get_by_role("button", name="Abstain: KPU Sumbar"))
        self.shoot(chair, "pemungutan-suara")
        self.press(chair, self.dialog(chair, "Tutup Pemungutan Suara"))
        expect(voting).to_have_count(0)
        self.stamp("vote closed", HALL)

    def roll(self) -> None:
        """Offices are called to speak in turn; one does not answer."""
        chair, hall = self.page(CHAIR), self.page(HALL)
        self._lead(chair, "Panggil Satker Bergiliran")
        self.press(chair, self.dialog(chair, "Panggil Satker Bergiliran"))
        region = chair.get_by_role("region", name="Giliran satker")
        for office in ("KIP Aceh", "KPU Kaltara"):
            self.press(chair, region.get_by_role("button", name=f"Panggil {office}"))
            expect(hall.get_by_text(re.compile("Giliran satker")).first).to_be_visible()
        self.press(chair, region.get_by_role("button", name="Rincian"))
        self.shoot(chair, "giliran")
        self.press(chair, self.dialog(chair, "Akhiri Giliran"))
        expect(hall.get_by_role("region", name="Giliran satker")).to_have_count(0)
        closing = chair.get_by_role("button", name=re.compile("^Selesai: kesempatan bicara"))
        if closing.count():
            self.press(chair, closing)

    def beside(self) -> None:
        """Chat, and a reaction."""
        chair, province = self.page(CHAIR), self.page(PROVINCE)
        talk = self.panel(province, "o", "Obrolan")
        tab_to(province, talk.get_by_label("Pesan", exact=True))
        province.keyboard.type("Berkas sudah kami kirim.")
        province.keyboard.press("Enter")
        expect(self.panel(chair, "o", "Obrolan").get_by_text("Berkas sudah kami kirim.")).to_be_visible()
        self.key(province, "e")
        self.press(province, self.dialog(province, "Tepuk tangan"))
        expect(chair.get_by_text("Wulan Prasetyo: Tepuk tangan")).to_be_visible()
        self.shoot(chair, "obrolan")

    def chair_killed(self) -> None:
        """The chair's browser is killed; the secretary stands in, until the chair is back on the same seat."""
        hall, secretary = self.page(HALL), self.page(SECRETARY)
        seat = self.page(CHAIR).evaluate("window.rakor.seat")
        self.stamp("chair lost", HALL)
        self.people[CHAIR].kill()
        people = self.panel(hall, "p", "Peserta")
        expect(people.get_by_text(re.compile(r"Sekretariat · Memimpin"))).to_be_visible(timeout=STANDS_IN_MS)
        expect(secretary.get_by_text("Anda kini memimpin rapat.")).to_have_count(1)
        self.shoot(hall, "pimpinan-terputus")
        chair = self.come(CHAIR)
        chair.goto(f"{self.stage.url}/rapat/{self.told.meeting}")
        self.quiet(CHAIR)
        self.press(chair, chair.get_by_role("button", name="Gabung Rapat"))
        self.people[CHAIR].connected()
        assert chair.evaluate("window.rakor.seat") == seat
        expect(people.get_by_text(re.compile("Memimpin"))).to_have_count(0)

    def suspended(self) -> None:
        chair, hall = self.page(CHAIR), self.page(HALL)
        self._lead(chair, "Skors Rapat")
        expect(hall.get_by_text("Rapat diskors.")).to_be_visible()
        self.stamp("suspended", HALL)
        self.shoot(hall, "diskors")
        self.shoot(chair, "pimpin")
        self.press(chair, self.dialog(chair, "Cabut Skors"))
        chair.keyboard.press("Escape")
        expect(hall.get_by_text("Rapat diskors.")).to_have_count(0)
        self.stamp("resumed", HALL)

    def ended(self) -> None:
        chair, hall = self.page(CHAIR), self.page(HALL)
        self.stamp("ended", HALL)
        self._end(chair)
        expect(hall.get_by_role("heading", name="Rapat telah berakhir")).to_be_visible()
        self.shoot(hall, "selesai")

    def read(self) -> None:
        """The archive."""
        page = self.page(SECRETARY)
        page.goto(f"{self.stage.url}/arsip/{self.told.meeting}")
        expect(page.get_by_role("region", name="Hasil rapat")).to_be_visible()
        self.shoot(page, "transkrip")
        self.press(page, page.get_by_text("Daftar hadir", exact=True))
        expect(page.get_by_text("2 dari 3 satker hadir").first).to_be_visible()
        self.shoot(page, "daftar-hadir")

    def _lead(self, page: Page, step: str) -> None:
        self.key(page, "r")
        self.press(page, self.dialog(page, step))

    def _end(self, page: Page) -> None:
        self._lead(page, "Akhiri Rapat untuk Semua")
        self.press(page, self.dialog(page, "Akhiri Rapat"))
        expect(page.get_by_role("link", name="Lihat Transkrip")).to_be_visible()

    STEPS = (
        before,
        plan,
        opened,
        lobby,
        provinces,
        agenda,
        floor,
        vote,
        roll,
        beside,
        chair_killed,
        suspended,
        ended,
        read,
    )


def tell(stage: Stage, playwright: Playwright, shoot: Camera) -> Told:
    """Play all of it on a server that runs."""
    expect.set_options(timeout=15_000)
    with ExitStack() as after:
        story = Story(stage, playwright, shoot, after)
        for step in Story.STEPS:
            step(story)
        return story.told
