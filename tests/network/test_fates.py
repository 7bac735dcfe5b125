"""Every way in which a number can get lost is told from the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.network.counting import PACKET_S, Evidence, Fate, Line, Number, Span, fates, numbers, recognised

NUMBERS = [Number(1, "satu", 1.0, 1.5), Number(2, "dua", 2.0, 2.5), Number(21, "dua puluh satu", 3.0, 4.0)]
OFFSET = 100.0
GOOD = Evidence(
    offset=OFFSET,
    packets={n: OFFSET + n * PACKET_S for n in range(300)},
    uplink_lost=0,
    missing=0,
    voiced=np.array([OFFSET + each for each in (1.2, 2.2, 3.5)]),
    segments=(Span(OFFSET + 0.6, OFFSET + 4.4),),
    lines=(Line(Span(OFFSET + 1.0, OFFSET + 4.0), ("Satu,", "dua", "21.")),),
)
GONE = {n: at for n, at in GOOD.packets.items() if not 100 <= n < 120}


@pytest.mark.parametrize(
    ("evidence", "fate"),
    [
        (GOOD, Fate.HEARD),
        (replace(GOOD, packets=GONE, missing=20, uplink_lost=20), Fate.UPLINK),
        (replace(GOOD, packets=GONE, missing=20, uplink_lost=3), Fate.RECORDER),
        (replace(GOOD, voiced=np.array([OFFSET + 1.2, OFFSET + 3.5])), Fate.VAD),
        (replace(GOOD, segments=(Span(OFFSET + 0.6, OFFSET + 2.1), Span(OFFSET + 2.9, OFFSET + 4.4))), Fate.SEGMENTER),
        (replace(GOOD, lines=(Line(Span(OFFSET + 1.0, OFFSET + 1.9), ("satu", "dua")),)), Fate.LINE),
        (replace(GOOD, lines=(Line(Span(OFFSET + 1.0, OFFSET + 4.0), ("satu", "tua", "21")),)), Fate.MISHEARD),
    ],
)
def test_where_two_went(evidence: Evidence, fate: Fate) -> None:
    assert fates(NUMBERS, evidence)[2] is fate
    assert fates(NUMBERS, evidence)[1] is Fate.HEARD


def test_packets_are_known_by_their_bytes_and_silence_by_its_place() -> None:
    said = [b"quiet", b"quiet", b"one", b"quiet", b"two"]
    recorded = [(OFFSET + 0.02, b"quiet"), (OFFSET + 0.05, b"one"), (OFFSET + 0.06, b"quiet"), (OFFSET + 9.0, b"two")]
    assert recognised(recorded, said, OFFSET) == {1: OFFSET + 0.02, 2: OFFSET + 0.05, 3: OFFSET + 0.06}


def test_there_are_a_hundred() -> None:
    assert [each.n for each in numbers()] == list(range(1, 101))
    assert [each.n for each in numbers(4.0)] == [1, 2, 3]
