"""Summaries against a real small HTTP server on this machine: one that answers well, badly, slowly, hugely."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from minutes.notula.content import statements
from minutes.notula.drafting import draft
from minutes.notula.material import Item
from minutes.notula.summary import (
    Endpoint,
    NotUnderstood,
    SummaryError,
    TooMuch,
    TooSlow,
    TurnedDown,
    Unreachable,
    summarised,
)
from minutes.notula.summary_answer import with_summary
from minutes.notula.summary_asking import MOST_CHARACTERS, questions
from tests.minutes.notula.drafting.spoken import CHAIR, MARIA, line, material

MEETING = material(
    (MARIA, "Di Kalimantan Utara [99] kami menghadapi kendala jaringan."),
    (CHAIR, "Baik, masukan itu kami catat menurut PKPU 5/2020."),
    (CHAIR, "Dapat disimpulkan kesiapan jaringan masih kurang."),
    items=(Item("Laporan", 0, 25), Item("Kesimpulan", 25)),
)
Answer = Callable[[asyncio.StreamWriter, dict[str, Any]], Any]


@dataclass
class Served:
    """`asked`: bodies of all requests; `heads`: their first lines and headers."""

    endpoint: Endpoint
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[Served]:
    served = Served(Endpoint("http://127.0.0.1", "kecil", "rahasia", patience_s=20.0))

    async def conversation(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(each.split(":")[1]) for each in head.lower().splitlines() if each.startswith("content-length")
        )
        served.heads.append(head)
        served.asked.append(json.loads(await reader.readexactly(length)))
        with suppress(ConnectionError):  # whoever asked has had enough
            await answer(writer, served.asked[-1])
        writer.close()

    async with await asyncio.start_server(conversation, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        served.endpoint = replace(served.endpoint, url=f"http://127.0.0.1:{port}/v1/")
        yield served


def told(body: bytes, status: str = "200 OK") -> Answer:
    async def answer(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body)
        await writer.drain()

    return answer


def said(content: str) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


def sentences(*each: Any) -> bytes:
    return said(json.dumps({"sentences": list(each)}))


async def test_sentences_come_back_with_the_lines_they_cite() -> None:
    told_first = {"kind": "discussion", "text": "Kaltara menghadapi kendala jaringan", "lines": [1]}
    told_both = {"kind": "discussion", "text": "Masukan dicatat.", "lines": [2, 1]}
    concluded = {"kind": "conclusion", "text": "Kesiapan jaringan kurang.", "lines": [3]}

    async def answer(writer: asyncio.StreamWriter, asked: dict[str, Any]) -> None:
        about = asked["messages"][1]["content"]
        await told(sentences(told_first, told_both) if "Laporan" in about else sentences(concluded))(writer, asked)

    async with serving(answer) as served:
        summary = await summarised(MEETING, served.endpoint)
    assert [(item, each.text, each.cites, each.speaker.name) for item, each in summary.contributions] == [
        ("Laporan", "Kaltara menghadapi kendala jaringan.", ("l1",), "Maria Tandilangi"),
        ("Laporan", "Masukan dicatat.", ("l1", "l2"), ""),
    ]
    assert [(each.text, each.cites) for each in summary.conclusions] == [("Kesiapan jaringan kurang.", ("l3",))]
    assert summary.contributions[1][1].law == ("pkpu:2020:5",)
    assert [each["model"] for each in served.asked] == ["kecil", "kecil"]
    assert served.heads[0].startswith("POST /v1/chat/completions ")
    assert "authorization: bearer rahasia" in served.heads[0].lower()
    content = with_summary(draft(MEETING), summary)
    assert [each.id for each in statements(content) if each.origin == "summary"] == ["r1-1", "r1-2", "r3-1"]


async def test_lines_go_out_numbered_and_nothing_in_them_looks_like_another() -> None:
    async with serving(told(sentences())) as served:
        await summarised(MEETING, served.endpoint)
    asked = served.asked[0]["messages"][1]["content"].splitlines()
    assert asked[0] == "Pokok acara: Laporan"
    assert asked[2].startswith(
        "[1] Maria Tandilangi, Anggota, KPU Provinsi Kalimantan Utara: Di Kalimantan Utara (99) kami"
    )
    assert len(asked) == 4


@pytest.mark.parametrize(
    "sentence",
    [
        {"text": "Tanpa rujukan.", "lines": []},
        {"text": "Baris yang tidak ada.", "lines": [77]},
        {"text": "Satu ada, satu tidak.", "lines": [1, 77]},
        {"text": "Bukan bilangan.", "lines": ["1"]},
        {"text": "Benar-salah.", "lines": [True]},
        {"text": "", "lines": [1]},
        {"text": "...", "lines": [1]},
        {"text": "x" * 1001, "lines": [1]},
        {"text": "Jenis lain.", "kind": "decision", "lines": [1]},
        {"text": "Lebih banyak.", "lines": [1], "owner": "KPU"},
        {"text": "Terlalu banyak.", "lines": [1] * 51},
        "hanya teks",
        None,
    ],
)
async def test_a_sentence_that_rests_on_nothing_is_dropped(sentence: object) -> None:
    good = {"text": "Yang ini sah.", "lines": [1]}
    async with serving(told(sentences(sentence, good))) as served:
        summary = await summarised(material((MARIA, "Kami lapor.")), served.endpoint)
    assert [each.text for _, each in summary.contributions] == ["Yang ini sah."]
    assert (summary.conclusions, summary.dropped) == ((), 1)


async def test_a_fence_around_the_answer_is_understood() -> None:
    fenced = said('Tentu!\n```json\n{"sentences": [{"text": "Yang ini sah.", "lines": [1]}]}\n```')
    async with serving(told(fenced)) as served:
        assert len((await summarised(material((MARIA, "Kami lapor.")), served.endpoint)).contributions) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"bukan json",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        said("Maaf, saya tidak bisa."),
        said('{"sentences": "tidak ada"}'),
        said('{"sentences": [' + "[" * 200_000),
        said("{" + '"a":{' * 100_000 + "}"),
        b"\xff\xfe",
    ],
)
async def test_what_is_no_answer_is_refused(body: bytes) -> None:
    async with serving(told(body)) as served:
        with pytest.raises(NotUnderstood) as refusal:
            await summarised(MEETING, served.endpoint)
    assert refusal.value.code == "summary_not_understood"


@pytest.mark.parametrize(
    "status", ["401 Unauthorized", "302 Found", "500 Internal Server Error", "429 Too Many Requests"]
)
async def test_another_status_is_told(status: str) -> None:
    async with serving(told(b"rahasia orang", status)) as served:
        with pytest.raises(TurnedDown, match=status[:3]) as refusal:
            await summarised(MEETING, served.endpoint)
    assert "rahasia" not in str(refusal.value)
    assert len(served.asked) == 1


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async def endless(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b" " * 65536)
            await writer.drain()

    async with serving(endless) as served:
        with pytest.raises(TooMuch):
            await summarised(MEETING, served.endpoint)


async def test_who_never_answers_is_not_waited_for() -> None:
    asked = asyncio.Event()
    over = asyncio.Event()

    async def slow(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        asked.set()
        await over.wait()

    async with serving(slow) as served:
        with pytest.raises(TooSlow):
            await summarised(MEETING, replace(served.endpoint, patience_s=0.2))
        assert asked.is_set()
        over.set()


async def test_nobody_there_and_a_line_that_breaks_are_told() -> None:
    async def breaks(writer: asyncio.StreamWriter, _: dict[str, Any]) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nhalf")
        await writer.drain()

    async with serving(breaks) as served:
        with pytest.raises(Unreachable):
            await summarised(MEETING, served.endpoint)
    with pytest.raises(Unreachable):
        await summarised(MEETING, served.endpoint)
    with pytest.raises(SummaryError):
        await summarised(MEETING, Endpoint("http://[", "kecil"))


def test_a_long_meeting_is_several_questions_that_hold_every_line() -> None:
    lines = tuple(line(number, MARIA, "Kami lapor gudang. " * 20, number * 9.0) for number in range(1, 300))
    found = questions(material(lines=lines))
    assert [each.id for question in found for each in question.lines] == [each.id for each in lines]
    longest = max(len(question.body("kecil")["messages"][1]["content"]) for question in found)
    assert longest <= MOST_CHARACTERS + 100
    assert all(question.line(question.first) is question.lines[0] for question in found)


def test_the_key_is_shown_to_nobody() -> None:
    assert "rahasia" not in repr(Endpoint("http://127.0.0.1", "kecil", "rahasia"))
