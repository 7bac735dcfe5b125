"""Two people of the secretariat check one transcript, in two browsers' sessions, against the real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.journeys.actors import Actor
from tests.journeys.barriers import examine, size
from tests.journeys.stage import PASSWORD, Stage

MEETING = "demo-arsip"
RINI = {
    "username": "rini",
    "name": "Rini Astuti",
    "role": "secretariat",
    "position": {"office_id": "kpuri", "title": "Pengadministrasi Perkantoran"},
}


@dataclass(frozen=True)
class Desks:
    stage: Stage
    dewi: Page
    rini: Page

    def lines(self) -> list[dict[str, Any]]:
        with self.stage.client("dewi") as client:
            answer = client.get(f"/api/v1/meetings/{MEETING}/transcript", params={"limit": 1000})
        found: list[dict[str, Any]] = answer.json()["lines"]
        return found

    def line(self, id: str) -> dict[str, Any]:
        return next(line for line in self.lines() if line["id"] == id)


@pytest.fixture(scope="module")
def desks(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    stage = Stage(tmp_path_factory.mktemp("editing") / "data")
    stage.start()
    try:
        _hire(stage)
        dewi = Actor.launch(playwright, "dewi", "dewi")
        context = dewi.browser.new_context(locale="id-ID", bypass_csp=True)
        rini = Actor("rini", "rini", dewi.browser, context, context.new_page())
        try:
            yield Desks(stage, _seated(dewi, stage), _seated(rini, stage))
        finally:
            dewi.close()
    finally:
        stage.stop()


def _hire(stage: Stage) -> None:
    """A second account at the secretariat, made as its people make one."""
    with stage.client("dewi") as client:
        made = client.post("/api/v1/directory/people", json=RINI)
        assert made.status_code == 201, made.text
        link = client.post(f"/api/v1/directory/people/{made.json()['id']}/reset")
        assert link.status_code == 201, link.text
        token = link.json()["url"].rsplit("/", 1)[1]
        assert client.post("/api/v1/password", json={"token": token, "password": PASSWORD}).status_code == 204


def _seated(actor: Actor, stage: Stage) -> Page:
    actor.page.emulate_media(reduced_motion="reduce")
    actor.sign_in(stage.url)
    actor.page.goto(f"{stage.url}/arsip/{MEETING}")
    actor.page.locator(".line-pen").first.wait_for()
    return actor.page


def _row(page: Page, id: str) -> Locator:
    return page.locator(f"#baris-{id}")


def _open(page: Page, id: str) -> Locator:
    _row(page, id).get_by_role("button", name=re.compile("Sunting baris")).click()
    field = _row(page, id).get_by_role("textbox")
    expect(field).to_be_focused()
    return field


def test_a_transcript_is_put_right_by_keyboard_and_comes_back(desks: Desks) -> None:
    page = desks.dewi
    line = desks.lines()[1]
    place = page.locator(".steps").get_by_role("status")
    total = int((place.text_content() or "0").split()[0])
    page.keyboard.press("b")
    page.keyboard.press("c")
    expect(place).to_have_text(f"1 dari {total - 1}")
    expect(page.get_by_text(re.compile("sebagian ditelaah"))).to_be_visible()
    field = _open(page, line["id"])
    examine(page)
    field.press("End")
    field.press_sequentially(" Terima kasih.")
    field.press("Control+Enter")
    expect(_row(page, desks.lines()[2]["id"]).get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Semua perubahan tersimpan")).to_be_attached()
    assert desks.line(line["id"])["text"] == line["text"] + " Terima kasih."
    _row(page, line["id"]).focus()
    page.keyboard.press("r")
    history = page.get_by_role("dialog", name="Riwayat baris")
    expect(history.locator("ins").first).to_contain_text("Terima kasih.")
    examine(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Diurungkan.")).to_be_visible()
    assert desks.line(line["id"])["text"] == line["text"]
    page.keyboard.press("Control+y")
    expect(page.get_by_text("Diulangi.")).to_be_visible()
    assert desks.line(line["id"])["text"] == line["text"] + " Terima kasih."


def test_two_who_change_one_line_see_both_texts_and_lose_none(desks: Desks) -> None:
    line = desks.lines()[3]
    mine = _open(desks.dewi, line["id"])
    expect(_row(desks.rini, line["id"]).get_by_text("Sedang disunting oleh Dewi Anggraini")).to_be_visible()
    theirs = _open(desks.rini, line["id"])
    theirs.fill("Rini mendengar lain. " + line["text"])
    theirs.press("Control+Enter")
    expect(desks.dewi.get_by_text("Baris ini baru saja diubah orang lain.")).to_be_visible()
    mine.press("End")
    mine.press_sequentially(" Dewi menambah.")
    mine.press("Control+Enter")
    desks.dewi.keyboard.press("Escape")
    dialog = desks.dewi.get_by_role("dialog", name="Baris ini diubah dua orang")
    expect(dialog.locator("ins", has_text="Rini mendengar lain.").first).to_be_visible()
    expect(dialog.locator("ins", has_text="Dewi menambah.").first).to_be_visible()
    examine(desks.dewi)
    dialog.get_by_role("button", name="Pakai Gabungan").click()
    both = f"Rini mendengar lain. {line['text']} Dewi menambah."
    expect(_row(desks.rini, line["id"]).locator(".words")).to_contain_text("Dewi menambah.")
    assert desks.line(line["id"])["text"] == both


def test_what_is_blackened_is_gone_for_everybody_and_comes_back_undone(desks: Desks) -> None:
    page = desks.dewi
    line = desks.lines()[0]
    field = _open(page, line["id"])
    start = line["text"].index(" ") + 1
    end = line["text"].index(" ", start)
    field.evaluate("(node, [from, to]) => node.setSelectionRange(from, to)", [start, end])
    _row(page, line["id"]).get_by_role("button", name="Hitamkan").click()
    dialog = page.get_by_role("dialog", name="Hitamkan bagian ini")
    expect(dialog.get_by_text(line["text"][start:end], exact=True)).to_be_visible()
    dialog.get_by_label("Alasan").fill("Data pribadi.")
    examine(page)
    dialog.get_by_role("button", name="Hitamkan").click()
    expect(_row(desks.rini, line["id"])).to_contain_text("[dihitamkan]")
    assert desks.line(line["id"])["text"] == f"{line['text'][:start]}[dihitamkan]{line['text'][end:]}"
    page.locator(".edit-notice").get_by_role("button", name="Urungkan").click()
    expect(_row(desks.rini, line["id"])).not_to_contain_text("[dihitamkan]")
    assert desks.line(line["id"])["text"] == line["text"]


def test_what_was_typed_without_a_line_is_sent_after_a_reload(desks: Desks) -> None:
    page = desks.rini
    line = desks.lines()[5]
    page.context.set_offline(True)
    field = _open(page, line["id"])
    field.press("End")
    field.press_sequentially(" Tanpa sambungan.")
    field.press("Control+Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_text("1 perubahan belum terkirim")).to_be_visible()
    expect(_row(page, line["id"])).to_contain_text("Tanpa sambungan.")
    assert desks.line(line["id"])["text"] == line["text"]
    page.context.set_offline(False)
    page.reload()
    expect(_row(desks.dewi, line["id"])).to_contain_text("Tanpa sambungan.")
    assert desks.line(line["id"])["text"] == line["text"] + " Tanpa sambungan."


@pytest.mark.full
def test_words_are_found_and_replaced_once_they_have_been_seen(desks: Desks) -> None:
    page = desks.dewi
    page.set_viewport_size(size("phone"))
    page.locator("h1").click()
    page.keyboard.press("f")
    dialog = page.get_by_role("dialog", name="Cari & Ganti")
    dialog.get_by_label("Cari").fill("pemilihan")
    dialog.get_by_label("Ganti dengan").fill("Pemilihan")
    dialog.get_by_role("button", name="Tampilkan").click()
    expect(dialog.get_by_text(re.compile(r"^\d+ baris ditemukan"))).to_be_visible()
    first = dialog.get_by_role("checkbox", name=re.compile("Ganti baris")).first
    first.uncheck()
    examine(page)
    dialog.get_by_role("button", name=re.compile(r"^Ganti di \d+ Baris$")).click()
    expect(page.locator(".edit-notice")).to_contain_text("Teks diganti.")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tombol Pintas")).to_be_visible()
    examine(page)
