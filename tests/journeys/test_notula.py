"""A notula's way in browsers: drafted, cited, returned, corrected, signed by two, verified by anybody."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from minutes.speech.ports import SAMPLE_RATE_HZ
from tests.journeys.actors import Actor
from tests.journeys.barriers import examine
from tests.journeys.stage import PASSWORD, Stage
from tests.same_sound import compared, decoded

ENDED = "demo-arsip"
DECISION = "Kronologi, alat bukti, dan daftar saksi disiapkan sejak awal tahapan."
PROPOSED = "Kronologi, alat bukti, dan daftar saksi disiapkan setiap provinsi sejak awal tahapan."
MARGIN_S = 0.2  # of sound before a line
RETURNED = "Sebutkan siapa yang menyiapkan."

SIGN_IN = """given => fetch("/api/v1/session", {
    method: "POST", body: JSON.stringify(given), headers: { "Content-Type": "application/json" },
}).then(answer => answer.status)"""


class Desk:
    """People at windows of one browser, each signed in as themselves."""

    def __init__(self, stage: Stage, actor: Actor) -> None:
        self.stage, self._actor = stage, actor

    def window(self) -> Page:
        context = self._actor.browser.new_context(
            locale="id-ID", viewport={"width": 1366, "height": 768}, bypass_csp=True
        )
        context.set_default_timeout(SOON_MS)
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        return page

    def of(self, username: str) -> Page:
        page = self.window()
        page.goto(f"{self.stage.url}/healthz")  # of the same origin, and nothing to load
        status = page.evaluate(SIGN_IN, {"username": username, "password": PASSWORD})
        assert status == 200
        page.goto(f"{self.stage.url}/arsip/{ENDED}/notula")
        return page


SOON_MS = 30_000  # of a machine that does other things besides


@pytest.fixture
def desk(playwright: Playwright, tmp_path: Path) -> Iterator[Desk]:
    stage = Stage(tmp_path / "data")
    stage.start()
    actor = Actor.launch(playwright, "meja", "meja")
    try:
        yield Desk(stage, actor)
    finally:
        actor.close()
        stage.stop()


@pytest.mark.full
@pytest.mark.timeout(240)
def test_a_notula_is_drafted_corrected_signed_by_two_and_verified(desk: Desk) -> None:
    dewi = desk.of("dewi")
    review(dewi)
    draft(dewi)
    sounds_as_it_was_said(dewi)
    decide(dewi)
    move(dewi, "Ajukan untuk Ditelaah")
    ratna = desk.of("ratna")
    move(ratna, "Kembalikan untuk Perbaikan", RETURNED)
    correct(dewi)
    maria = desk.of("maria")
    propose(maria)
    accept(dewi)
    examine(dewi)
    move(dewi, "Tutup Masa Koreksi", "Semua usulan sudah dijawab.")
    ratna.reload()
    move(ratna, "Setujui")
    dewi.reload()
    sign(dewi)
    ratna.reload()
    sign(ratna)
    expect(state(ratna, "Telah ditandatangani")).to_be_visible()
    examine(ratna)
    verify(desk.window(), desk.stage.url, ratna)
    dewi.reload()
    move(dewi, "Arsipkan")
    expect(state(dewi, "Diarsipkan")).to_be_visible()
    exported(desk)
    refused_for_ever(desk)


def review(page: Page) -> None:
    """What the machine misheard is put right before anything is drafted from it."""
    notula = page.url
    page.goto(notula.removesuffix("/notula"))
    page.get_by_role("button", name=re.compile("Sunting baris")).nth(1).click()
    field = page.locator(".turns textarea")
    heard = field.input_value()
    assert "dikuti oleh" in heard
    field.fill(heard.replace("dikuti oleh", "diikuti oleh"))
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Semua perubahan tersimpan")).to_be_attached()
    page.goto(notula)


def sounds_as_it_was_said(page: Page) -> None:
    """A click on a decision's citation plays the second that it rests on, of the microphone that spoke there."""
    chip = page.locator("#bagian-decisions .cite-play").first
    with page.expect_response(lambda answer: "/audio" in answer.url) as played:
        chip.click()
    line = played.value.url.split("/lines/")[1].split("/")[0]
    found = page.request.get(f"{page.url.split('/arsip/')[0]}/api/v1/meetings/{ENDED}/transcript?limit=100").json()
    said = next(each for each in found["lines"] if each["id"] == line)
    assert said["speaker"] == "Ratna Wulandari"
    sound = decoded(page.request.get(played.value.url).body())
    match = compared(sound[round(MARGIN_S * SAMPLE_RATE_HZ) :], "ratna", said["start"], said["end"])
    assert match.likeness > 0.7
    assert abs(match.lag) < 0.3, "the recording of the demo begins a moment after the microphones"
    chip.click()


def exported(desk: Desk) -> None:
    """Every paper is there, and what was sealed is verified without a server; one byte changed is found."""
    folder = desk.stage.data / "taken"
    folder.mkdir()
    with desk.stage.client("maria") as client:
        for kind in ("notula", "risalah", "tindak-lanjut", "berita-acara"):
            for form in ("pdf", "docx"):
                answer = client.get(f"/api/v1/meetings/{ENDED}/documents/{kind}.{form}", params={"version": 1})
                assert answer.status_code == 200, (kind, form, answer.text)
                (folder / f"{kind}.{form}").write_bytes(answer.content)
        (folder / "notula.json").write_bytes(client.get(f"/api/v1/meetings/{ENDED}/notula/versions/1").content)
    for name in ("notula.pdf", "notula.json"):
        assert verified(desk, folder / name) == 0
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        changed = folder / f"changed-{name}"
        changed.write_bytes(data)
        assert verified(desk, changed) == 1
    printed = "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "notula.pdf").pages)
    assert " ".join(PROPOSED.split()) in " ".join(printed.split())


def verified(desk: Desk, file: Path) -> int:
    """The exit code of `rakor verify`, which is given the public key and nothing of the server."""
    rakor = Path(sys.executable).parent / "rakor"
    key = desk.stage.data / "seal.pub"
    return subprocess.run([rakor, "verify", file, "--key", key], capture_output=True, cwd="/").returncode


def refused_for_ever(desk: Desk) -> None:
    with desk.stage.client("dewi") as client:
        before = client.get(f"/api/v1/meetings/{ENDED}/notula").json()
        given = {"revision": before["revision"], "content": before["content"]}
        answer = client.put(f"/api/v1/meetings/{ENDED}/notula/content", json=given)
        assert (answer.status_code, answer.json()["code"]) == (409, "notula_sealed")
        line = client.get(f"/api/v1/meetings/{ENDED}/transcript", params={"limit": 1}).json()["lines"][0]
        edit = {
            "kind": "text",
            "id": "sesudah-disegel",
            "line": line["id"],
            "version": line["version"],
            "text": "Lain.",
        }
        answer = client.post(f"/api/v1/meetings/{ENDED}/edits", json=edit)
        assert (answer.status_code, answer.json()["code"]) == (409, "transcript_sealed")


def draft(page: Page) -> None:
    page.get_by_role("button", name="Susun Draf").click()
    expect(state(page, "Draf mesin")).to_be_visible()
    plays(page.locator(".statement").first)


def plays(statement: Locator) -> None:
    """One click on a citation, and its words stand there while they sound."""
    statement.locator(".cite-play").first.click()
    expect(statement.locator(".cite-quote blockquote")).to_be_visible()
    expect(statement.locator(".word-spoken")).to_have_count(1)
    statement.locator(".cite-play").first.click()


def decide(page: Page) -> None:
    """A decision is not saved before it cites; by keyboard alone."""
    page.get_by_role("button", name="Tambah butir: Keputusan").press("Enter")
    words = page.locator("#bagian-decisions textarea.statement-words").last
    expect(words).to_be_focused()
    page.keyboard.type(DECISION)
    expect(page.get_by_text("Tanpa kutipan butir ini belum disimpan")).to_be_visible()
    expect(page.get_by_role("button", name="1 butir belum tersimpan")).to_be_visible()
    page.keyboard.press("Alt+k")
    search = page.get_by_label("Cari dalam transkrip")
    expect(search).to_be_focused()
    page.keyboard.type("alat bukti")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(words).to_be_focused()
    saved(page)
    plays(page.locator("#bagian-decisions .statement").last)


def correct(page: Page) -> None:
    page.reload()
    expect(page.locator(".notice", has_text=RETURNED)).to_be_visible()
    words = page.locator("#bagian-decisions textarea.statement-words").last
    expect(words).to_have_value(DECISION)
    words.press("End")
    page.keyboard.type(" ")
    page.get_by_role("button", name="Semua tanpa nama").click()
    saved(page)
    move(page, "Ajukan untuk Ditelaah")


def propose(page: Page) -> None:
    """A participant of another office reads, plays and proposes; nothing else is offered."""
    row = page.locator("#bagian-decisions .statement").last
    plays(row)
    expect(page.locator("textarea.statement-words")).to_have_count(0)
    expect(page.locator(".notula-actions button")).to_have_count(0)
    examine(page)
    row.get_by_role("button", name=re.compile("Usulkan koreksi")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Bunyi yang diusulkan").fill(PROPOSED)
    dialog.get_by_label("Alasan").fill("Yang menyiapkan adalah provinsi.")
    dialog.get_by_role("button", name="Kirim Usulan").click()
    expect(row.locator("ins")).to_contain_text("setiap provinsi")


def accept(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("Giliran Anda: menjawab usulan koreksi.")).to_be_visible()
    page.locator(".proposal").get_by_role("button", name="Terima").click()
    page.get_by_role("dialog").get_by_role("button", name="Terima", exact=True).click()
    expect(page.locator("#bagian-decisions .statement-words").last).to_have_text(PROPOSED)


def move(page: Page, name: str, reason: str = "") -> None:
    page.get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog", name=name)
    if reason:
        dialog.get_by_label("Alasan").fill(reason)
    dialog.get_by_role("button", name=name, exact=True).click()
    expect(dialog).not_to_be_attached()


def sign(page: Page) -> None:
    page.get_by_role("button", name="Tandatangani", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Segel elektronik internal (tidak tersertifikasi)")).to_be_visible()
    expect(dialog.locator(".fingerprint")).to_have_text(re.compile(r"^([0-9a-f]{4} ){16}$"))
    dialog.get_by_label("Kata sandi").fill("bukan ini")
    dialog.get_by_role("button", name="Tandatangani", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("tidak cocok")
    dialog.get_by_label("Kata sandi").fill(PASSWORD)
    dialog.get_by_role("button", name="Tandatangani", exact=True).click()
    expect(dialog).not_to_be_attached()


def verify(page: Page, url: str, signed: Page) -> None:
    """From the code to the page without signing in; the sealed file matches, and one changed byte does not."""
    code = str(signed.locator(".about-code .code").text_content())
    with signed.expect_download() as taken:
        signed.get_by_role("button", name="Berkas bersegel, JSON").click()
    sealed = taken.value.path().read_bytes()
    page.goto(f"{url}/verifikasi")
    page.get_by_label("Kode verifikasi").fill(code.replace("-", "").lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kode terdaftar")).to_be_visible()
    expect(page.get_by_text("Ratna Wulandari")).to_be_visible()
    check(page, sealed)
    expect(page.get_by_role("heading", name="Dokumen sesuai")).to_be_visible()
    check(page, sealed.replace(b"setiap provinsi", b"setiap Provinsi"))
    expect(page.get_by_role("heading", name="Dokumen tidak sesuai")).to_be_visible()
    examine(page)


def check(page: Page, data: bytes) -> None:
    file = {"name": "notula.json", "mimeType": "application/json", "buffer": data}
    page.get_by_label("Pilih Berkas").set_input_files(file)  # type: ignore[arg-type]


def saved(page: Page) -> None:
    expect(page.locator(".status-bar [role=status]")).to_have_text("Perubahan tersimpan")


def state(page: Page, name: str) -> Locator:
    return page.locator(".notula-kind .badge", has_text=name)
