"""Two people speak at once after two hours, from computers that agree about nothing: two lines, at their times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat

import pytest

from media.tap import AudioTap
from minutes.speech.audio import OpusDecoder
from minutes.speech.listener import Listener
from minutes.speech.ports import Engine, Utterance
from minutes.speech.silero import SileroVad
from tests.media.office import PACKET_S, Office
from tests.minutes.speech.sounds import TimedPacket, opus, voice
from tests.wer import wer

SILENCE = b"\xf8\xff\xfe"
BEFORE_S = 2 * 3600.0
LEAD_S = 5.0  # of silence that is decoded before somebody speaks
HOLDS_S = 0.15
LATER_S = 3.0


@dataclass(frozen=True, slots=True)
class Person:
    """What they say of rakor-1, and how wrong their computer is."""

    name: str
    begin: float
    end: float
    text: str
    drift: float
    wrong: Callable[[float], float]

    def sound(self) -> list[bytes]:
        silence = [SILENCE] * round(LEAD_S / PACKET_S)
        return [*silence, *(payload for _, payload in opus(voice(self.name, self.begin, self.end))), *silence]


def seven_minutes_wrong(now: float) -> float:
    return -420.0


def set_in_the_middle(now: float) -> float:
    return 30.0 if now > BEFORE_S / 2 else 0.0


RATNA = Person(
    "ratna",
    16.655,
    26.702,
    "Rapat ini diikuti oleh Divisi Hukum dan Pengawasan dari seluruh provinsi yang melaksanakan pemilihan.",
    100e-6,
    seven_minutes_wrong,
)
BAMBANG = Person(
    "bambang",
    52.776,
    64.59,
    "Pelanggaran administrasi adalah pelanggaran terhadap tata cara, prosedur, atau mekanisme yang berkaitan dengan "
    "administrasi pelaksanaan pemilihan.",
    -100e-6,
    set_in_the_middle,
)


def line_of(engine: Engine, packets: list[TimedPacket]) -> Utterance:
    decoder, listener = OpusDecoder(), Listener(engine, SileroVad(), packets[0][0])
    sounds = (decoder.decode(at, payload) for at, payload in packets)
    said = [utterance for sound in sounds if sound is not None for utterance in listener.hear(sound)]
    (line,) = said + listener.finish()
    return line


def after_two_hours(person: Person, later: float) -> tuple[list[TimedPacket], float]:
    """The last packets as they are tapped, and when they were really said: after two hours of an open microphone."""
    tapped: list[TimedPacket] = []
    office = Office([AudioTap(tapped.extend)], person.drift, person.wrong)
    silent, sound = round((BEFORE_S + later) / PACKET_S), person.sound()
    office.talk(repeat(SILENCE, silent))
    office.talk(sound, silent)
    office.close()
    return tapped[-len(sound) :], office.captured(silent)


@pytest.mark.full
@pytest.mark.timeout(240)
def test_two_people_at_once_are_two_lines_at_their_times(whisper: Engine) -> None:
    """Held against the same words with nothing before them: what the recogniser thinks of a word's time is the same."""
    lines = []
    for person, later in ((RATNA, 0.0), (BAMBANG, LATER_S)):
        packets, said_at = after_two_hours(person, later)
        line = line_of(whisper, packets)
        alone = line_of(whisper, [(number * PACKET_S, payload) for number, payload in enumerate(person.sound())])
        moved = line.start - said_at - alone.start, line.end - said_at - alone.end
        print(f"{person.name} {moved[0]:+.3f}, {moved[1]:+.3f} s: {line.text}")
        assert max(map(abs, moved)) < HOLDS_S
        assert wer(person.text, line.text) < 0.6  # whose words they are
        lines.append(line)
    assert lines[0].end - lines[1].start > 5.0
