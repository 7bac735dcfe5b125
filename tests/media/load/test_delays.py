from __future__ import annotations

from media.load.delays import Delays

MS = 1_000_000


def test_a_quantile_is_the_delay_that_so_many_kept() -> None:
    delays = Delays()
    for ms in range(100):
        delays.add(ms * MS)
    assert delays.quantile_ms(0.5) == 49.1
    assert delays.quantile_ms(0.99) == 98.1
    assert delays.quantile_ms(1.0) == 99.1


def test_the_longest_are_kept_together() -> None:
    delays = Delays()
    delays.add(3_600_000 * MS)
    assert delays.quantile_ms(1.0) == 2_000.1


def test_nothing_has_no_quantile() -> None:
    delays = Delays()
    delays.add(MS)
    delays.clear()
    assert (delays.total, delays.quantile_ms(0.5)) == (0, None)
