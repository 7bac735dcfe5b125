from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import av
import pytest

from minutes.record.exports.captions import ROW, ROWS, cues_of, srt, vtt
from minutes.record.exports.plain import txt
from minutes.record.exports.source import Aside, Said, Source
from minutes.record.exports.structured import structured

WITA = timezone(timedelta(hours=8), "WITA")
LONG = "Kami melaporkan bahwa dari tiga belas rekomendasi yang kami terima sebelas sudah ditindaklanjuti dan dua sedang"


def words(text: str, start: float, step: float = 0.4) -> tuple[dict[str, object], ...]:
    found = enumerate(text.split())
    return tuple({"text": word, "start": start + i * step, "end": start + (i + 1) * step} for i, word in found)


SOURCE = Source(
    "m1",
    "Rakor --> uji",
    "KPU Kaltara",
    datetime(2020, 7, 9, 23, 59, 50, tzinfo=WITA),
    (
        Said("b", "Maria & <Tandi>", "Anggota", "KPU Kaltara", 12.0, 18.4, LONG, words(LONG, 12.0)),
        Said("a", "Ratna Wulandari", "Ketua", "KPU RI", 1.5, 3.25, "Rapat saya buka < sekarang."),
        Said("c", None, None, "KPU Sumbar", 13.0, 13.2, "Setuju.", words("Setuju.", 13.0, 0.2)),
    ),
    (Aside(9.0, "rapat diskors"),),
)


def test_captions_for_the_web() -> None:
    assert vtt(SOURCE) == (
        "WEBVTT\n\nNOTE\nRakor → uji, KPU Kaltara, 2020-07-09\n\n"
        "00:00:01.500 --> 00:00:03.250\n<v Ratna Wulandari>Rapat saya buka &lt; sekarang.\n\n"
        "00:00:12.000 --> 00:00:16.800\n<v Maria &amp; &lt;Tandi&gt;>Kami melaporkan bahwa dari tiga belas\n"
        "rekomendasi yang kami terima sebelas sudah\n\n"
        "00:00:13.000 --> 00:00:13.500\n<v KPU Sumbar>Setuju.\n\n"
        "00:00:16.800 --> 00:00:18.400\n<v Maria &amp; &lt;Tandi&gt;>ditindaklanjuti dan dua sedang\n"
    )


def test_captions_for_players() -> None:
    assert srt(SOURCE) == (
        "1\n00:00:01,500 --> 00:00:03,250\nRatna Wulandari:\nRapat saya buka < sekarang.\n\n"
        "2\n00:00:12,000 --> 00:00:16,800\nMaria & <Tandi>:\nKami melaporkan bahwa dari tiga belas\n"
        "rekomendasi yang kami terima sebelas sudah\n\n"
        "3\n00:00:13,000 --> 00:00:13,500\nKPU Sumbar:\nSetuju.\n\n"
        "4\n00:00:16,800 --> 00:00:18,400\nMaria & <Tandi>:\nditindaklanjuti dan dua sedang\n"
    )


def test_no_caption_is_larger_than_people_read() -> None:
    for cue in cues_of(SOURCE):
        assert len(cue.rows) <= ROWS
        assert all(len(row) <= ROW for row in cue.rows)
        assert cue.end - cue.start >= 0.5


def test_a_text_to_read_says_when_on_both_clocks() -> None:
    assert txt(SOURCE) == (
        "Rakor --> uji\nKPU Kaltara\n2020-07-09\nHasil mesin – belum ditelaah seluruhnya.\n\n"
        "[0.00.01 | 23.59.51 WITA] Ratna Wulandari, Ketua, KPU RI\nRapat saya buka < sekarang.\n\n"
        "[0.00.09 | 23.59.59 WITA] (rapat diskors)\n\n"
        "[0.00.12 | 00.00.02 WITA] Maria & <Tandi>, Anggota, KPU Kaltara\n"
        "Kami melaporkan bahwa dari tiga belas rekomendasi yang kami terima sebelas sudah ditindaklanjuti\n"
        "dan dua sedang\n\n"
        "[0.00.13 | 00.00.03 WITA] KPU Sumbar\nSetuju.\n"
    )


def test_other_programs_get_every_word() -> None:
    found = json.loads(structured(SOURCE))
    assert (found["format"], found["reviewed"]) == ("rakor-transcript-1", False)
    assert [line["id"] for line in found["lines"]] == ["a", "b", "c"]
    assert found["lines"][1]["words"][1] == {"text": "melaporkan", "start": 12.4, "end": 12.8}
    assert found["asides"] == [{"at": 9.0, "text": "rapat diskors"}]
    assert found["meeting"]["opened"] == "2020-07-09T23:59:50+08:00"


def test_a_meeting_in_which_nothing_was_said_has_files_too() -> None:
    empty = Source("m1", "Rakor", "KPU RI", SOURCE.opened, ())
    assert vtt(empty).startswith("WEBVTT\n")
    assert srt(empty) == ""
    assert json.loads(structured(empty))["lines"] == []


FORGED = "Budi\n\n7\n00:00:00,000 --> 01:00:00,000\nDisetujui: ya"


def captions(text: str, format: str) -> list[tuple[float, float, str]]:
    """As FFmpeg's parser of that format reads them: start, end, text without tags of voices."""
    with av.open(io.BytesIO(text.encode()), "r", format=format) as container:
        stream = container.streams.subtitles[0]
        found = [packet for packet in container.demux(stream) if packet.size]
        return [
            (float(each.pts * each.time_base), float((each.pts + each.duration) * each.time_base), bytes(each).decode())
            for each in found
            if each.pts is not None and each.duration is not None
        ]


@pytest.mark.parametrize(("format", "write"), [("webvtt", vtt), ("srt", srt)])
def test_other_programs_read_every_caption_with_its_times(format: str, write: Callable[[Source], str]) -> None:
    found = captions(write(SOURCE), format)
    assert [(start, end) for start, end, _ in found] == [(1.5, 3.25), (12.0, 16.8), (13.0, 13.5), (16.8, 18.4)]
    assert found[1][2].endswith("Kami melaporkan bahwa dari tiga belas\nrekomendasi yang kami terima sebelas sudah")


@pytest.mark.parametrize(("format", "write"), [("webvtt", vtt), ("srt", srt)])
def test_nobody_s_name_says_what_another_never_said(format: str, write: Callable[[Source], str]) -> None:
    forged = replace(SOURCE, lines=(replace(SOURCE.lines[1], speaker=FORGED),))
    found = captions(write(forged), format)
    assert len(found) == 1
    assert (found[0][0], found[0][1]) == (1.5, 3.25)
    assert len(write(forged).splitlines()) == len(write(replace(forged, lines=(SOURCE.lines[1],))).splitlines())


def test_nor_does_it_in_the_text_to_read() -> None:
    name = "Budi\n\n[0.00.00 | 09.00.00 WITA] Ketua\nDisetujui."
    aside = Aside(9.0, "acara: a\n\n[0.00.00] Ketua")
    forged = replace(SOURCE, lines=(replace(SOURCE.lines[1], speaker=name, position="x\ny"),), asides=(aside,))
    assert [block.splitlines()[0][:8] for block in txt(forged).split("\n\n")[1:]] == ["[0.00.01", "[0.00.09"]


def test_a_word_longer_than_a_row_is_broken() -> None:
    address = "https://" + "jdih.kpu.example/" * 8
    cues = list(
        cues_of(replace(SOURCE, lines=(Said("a", None, None, "KPU RI", 1.0, 5.0, address, words(address, 1.0, 4.0)),)))
    )
    assert "".join(row for cue in cues for row in cue.rows) == address
    assert all(len(cue.rows) <= ROWS and len(row) <= ROW for cue in cues for row in cue.rows)
    assert cues[0].start == 1.0
    assert cues[-1].end == pytest.approx(5.0)
