"""From a received packet to everybody who has its source in a slot. Voices overtake pictures.

Sound is sent the moment it comes. Pictures wait in one line and are sent in slices, between which the socket is read
again: a key frame to hundreds of receivers takes a tenth of a second, and nobody's voice stands behind it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from media.downtrack import DownTrack, stamp
from media.fanout import Engine, Fan
from media.ports import Packet
from media.rtp.munger import LEAP
from media.uptrack import UpTrack

SLICE_S = 0.002
STALE_S = 0.5  # a picture that has waited this long is no longer worth sending


class Forwarder:
    """`clock`: monotonic seconds. `dropped` counts pictures given up because this machine could not keep up."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self.engine = engine
        self.dropped = 0
        self._clock = clock
        self._line: deque[tuple[UpTrack, Packet]] = deque()

    def forward(self, track: UpTrack, packet: Packet) -> None:
        """Send a new packet on, or put it in line."""
        if track.video:
            packet.stamp = stamp(packet.arrival)  # for those that come late or are asked for before they were sent
        if not track.fan.groups and not track.waiting:
            return
        if track.video:
            self._line.append((track, packet))
        else:
            self._send(track, packet)

    def work(self) -> bool:
        """Send pictures in line for one slice of time; True when there are more."""
        line = self._line
        if not line:
            return False
        now = self._clock()
        until = now + SLICE_S
        while line and now < until:
            track, packet = line.popleft()
            if now - packet.arrival > STALE_S:
                self.dropped += 1
                track.ask_keyframe()
            else:
                self._send(track, packet)
            now = self._clock()
        return bool(line)

    def catch_up(self, track: UpTrack, slots: Iterable[DownTrack], packets: Sequence[Packet]) -> None:
        """Let slots that wait for a track begin with packets that have gone by."""
        fan = Fan()
        for slot in slots:
            if slot.pending is track:
                slot.begin(packets[0])
                if slot.track is track and slot.shape is not None:
                    fan.add(slot.lane, slot.shape)
        for packet in packets:
            for group in fan.groups.values():
                self.engine.send(group, packet, track.csrc)
        if track.newest is None or track.newest.index < packets[-1].index:
            track.newest = packets[-1]

    def _begin_late(self, track: UpTrack, packet: Packet, newest: Packet) -> None:
        """The start of a key frame had to be sent again: who waits for it gets it with all that has gone by since."""
        slots = [slot for slot in track.waiting if isinstance(slot, DownTrack)]
        since = (track.ring.get(index) for index in range(packet.index + 1, newest.index + 1))
        self.catch_up(track, slots, [packet, *(each for each in since if each is not None)])

    def _send(self, track: UpTrack, packet: Packet) -> None:
        engine, newest = self.engine, track.newest
        if newest is not None and packet.index < newest.index:
            for group in track.fan.groups.values():
                engine.send_late(group, packet, track.csrc)
            if track.waiting and packet.keyframe and track.ring.get(packet.index) is packet:
                self._begin_late(track, packet, newest)
        else:
            if newest is not None and packet.index - newest.index > LEAP:
                for slot in list(track.holders):
                    slot.leap(packet)
            if track.waiting and (packet.keyframe or not (track.video or packet.empty)):
                for slot in list(track.waiting):
                    slot.begin(packet)
            if track.video:
                packet.stamp = stamp(self._clock())
            track.newest = packet
            for group in track.fan.groups.values():
                engine.send(group, packet, track.csrc)
        if packet.vp8 is not None and (track.picture is None or track.picture.index < packet.index):
            track.picture = packet
        track.forwarded += 1
        track.octets += packet.end - packet.start
