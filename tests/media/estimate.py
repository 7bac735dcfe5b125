"""What a browser estimates of its way: aiortc's receive side of GCC (draft-ietf-rmcat-gcc), Chromium's habits."""

from __future__ import annotations

from aiortc.rate import BandwidthUsage, OveruseEstimator, RemoteBitrateEstimator

EARLY_S = 5.0  # the first estimate takes its time
EVERY_S, FALL = 0.2, 0.97  # a fall is told at once
FORGOTTEN_S = 2.0  # when no stream is left the filter is forgotten, the estimate is not
LEAST_BPS = 5_000  # aiortc divides by what it rounds to nought


class Remb:
    def __init__(self) -> None:
        self._estimator = RemoteBitrateEstimator()
        self._fed = -1.0
        self._told, self._told_at = 0, -1.0

    def add(self, size: int, stamp: int, now: float) -> int | None:
        """A packet of a picture has come, with this abs-send-time: bits/s to tell the sender now, if any."""
        control = self._estimator.rate_control
        if now - self._fed > FORGOTTEN_S:
            self._estimator.estimator = OveruseEstimator()
            self._estimator.inter_arrival.current_group = self._estimator.inter_arrival.previous_group = None
        self._fed, before = now, control.current_bitrate
        control.current_bitrate = max(LEAST_BPS, before)
        made = self._estimator.add(round(1000 * now), stamp, size, 1)
        overused = self._estimator.detector.state() is BandwidthUsage.OVERUSING
        if overused:
            control.current_bitrate = min(before, control.current_bitrate)  # Chromium never raises it then
        if made is None or (now < EARLY_S and not overused):
            return None
        bitrate = int(min(made[0], before) if overused else made[0])
        if bitrate >= FALL * self._told and now - self._told_at < EVERY_S:
            return None
        self._told, self._told_at = bitrate, now
        return bitrate
