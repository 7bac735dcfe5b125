"""From a received packet to everybody who has its source in a slot. Voices overtake pictures.

Sound is sent the moment it comes. Pictures wait in one line and are sent in slices, between which the socket is read
again: a key frame to hundreds of receivers takes a tenth of a second, and nobody's voice stands behind it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from media.downtrack import DownTrack, stamp
from media.fanout import MOST_RUN, Engine, Fan, joins
from media.ports import Packet
from media.rtp.munger import LEAP
from media.uptrack import UpTrack

SLICE_S = 0.002
FOLLOWS_S = 0.003  # browsers send the packets of one picture at once, or five milliseconds apart
MOST_AT_ONCE, LEAST_RUN = 2_048, 2  # packets of a run to all its receivers
STALE_S = 0.5  # a picture that has waited this long is no longer worth sending
DONE = object()


class Forwarder:
    """`clock`: monotonic seconds. `dropped` counts pictures given up because this machine could not keep up."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self.engine = engine
        self.dropped = 0
        self._clock = clock
        self._line: deque[tuple[UpTrack, Packet]] = deque()
        self._sending: Iterator[None] | None = None  # the rest of what has begun, and to whom
        self._to = Fan()

    def forward(self, track: UpTrack, packet: Packet) -> None:
        """Send a new packet on, or put it in line."""
        if track.video:
            packet.stamp = stamp(packet.arrival)  # for those that come late or are asked for before they were sent
        if not track.fan.groups and not track.waiting:
            return
        if track.video:
            if packet.keyframe:
                track.lined = max(track.lined, packet.index)
            self._line.append((track, packet))
        elif track.newest is not None and packet.index < track.newest.index:
            self._send_late(track, packet, track.newest)
        else:
            self._send(track, packet)

    @property
    def waiting(self) -> bool:
        """Something is in line. Where `work` said that there is no more, it waits for the rest of its picture."""
        return bool(self._line)

    def work(self) -> bool:
        """Send pictures in line for one slice of time; True when there are more."""
        line = self._line
        if not line and self._sending is None:
            return False
        until = self._clock() + SLICE_S
        if not self._go_on(until):
            return True
        now = self._clock()
        unfinished = self._unfinished() if line else None
        while line and now < until:
            track, packet = line[0]
            if (track, packet.timestamp) == unfinished and now - packet.arrival <= FOLLOWS_S:
                return False
            line.popleft()
            if now - packet.arrival > STALE_S:
                self._give_up(track, packet)
            elif track.newest is not None and packet.index < track.newest.index:
                self._send_late(track, packet, track.newest)
            else:
                self._begin(track, self._run(track, packet))
                if not self._go_on(until):
                    return True
            now = self._clock()
        return bool(line)

    def _give_up(self, track: UpTrack, packet: Packet) -> None:
        """This machine could not keep up. Nobody gets more of it until the next key frame, which leaves no hole: what
        cannot be decoded would be sent, and asked for again by everybody, when there is least time for it.
        """
        self.dropped += 1
        if track.newest is None or packet.index > track.newest.index:
            for slot in list(track.holders):
                slot.start_over()
        if packet.index == track.lined:
            track.lined = -1
        track.await_keyframe()

    def _unfinished(self) -> tuple[UpTrack, int] | None:
        """The picture at the end of the line, where more of it must follow: its track and timestamp.

        Nobody can show it before, and sent together its packets cost less.
        """
        track, last = self._line[-1]
        late = track.newest is not None and last.index < track.newest.index
        return None if last.marker or last.vp8 is None or late else (track, last.timestamp)

    def _run(self, track: UpTrack, packet: Packet) -> list[Packet]:
        """This packet, taken from the line, and of those behind it what can go with it.

        Few where there are many receivers: by the sending time the last would see that it waited for the others.
        """
        run, line = [packet], self._line
        receivers = len(track.fan) + len(track.waiting)
        most = min(MOST_RUN, max(LEAST_RUN, MOST_AT_ONCE // max(receivers, 1)))
        while line and len(run) < most:
            owner, after = line[0]
            if owner is not track or not joins(run, after):
                break
            run.append(after)
            line.popleft()
        return run

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
                self.engine.send(group, (packet,), track.csrc)
        if track.newest is None or track.newest.index < packets[-1].index:
            track.newest = packets[-1]

    def _begin_late(self, track: UpTrack, packet: Packet, newest: Packet) -> None:
        """The start of a key frame had to be sent again: who waits for it gets it with all that has gone by since."""
        slots = [slot for slot in track.waiting if isinstance(slot, DownTrack)]
        since = (track.ring.get(index) for index in range(packet.index + 1, newest.index + 1))
        self.catch_up(track, slots, [packet, *(each for each in since if each is not None)])

    def _send_late(self, track: UpTrack, packet: Packet, newest: Packet) -> None:
        for group in track.fan.groups.values():
            self.engine.send_late(group, packet, track.csrc)
        if track.waiting and packet.keyframe and track.ring.get(packet.index) is packet:
            self._begin_late(track, packet, newest)
        self._count(track, packet)

    def _send(self, track: UpTrack, packet: Packet) -> None:
        """A voice, or whatever else goes at once: a packet behind all that was sent before."""
        run = (packet,)
        self._prepare(track, run)
        for group in track.fan.groups.values():
            self.engine.send(group, run, track.csrc)

    def _begin(self, track: UpTrack, run: Sequence[Packet]) -> None:
        """Packets of a picture that follow one another, behind all that was sent before."""
        self._prepare(track, run)
        groups = list(track.fan.groups.values())
        self._sending = chain.from_iterable(self.engine.parts(group, run, track.csrc) for group in groups)
        self._to, track.fan.finish = track.fan, self._finish

    def _go_on(self, until: float) -> bool:
        """Send what has begun, but for what is left at `until`; False when something is."""
        sending = self._sending
        while sending is not None:
            if next(sending, DONE) is DONE:
                self._sending = self._to.finish = None
                return True
            if self._clock() >= until:
                return False
        return True

    def _finish(self) -> None:
        self._go_on(float("inf"))

    def _prepare(self, track: UpTrack, run: Sequence[Packet]) -> None:
        first, newest = run[0], track.newest
        if newest is not None and first.index - newest.index > LEAP:
            for slot in list(track.holders):
                slot.leap(first)
        if track.waiting and (first.keyframe or not (track.video or first.empty)):
            for slot in list(track.waiting):
                slot.begin(first)
        if track.video:
            now = stamp(self._clock())
            for packet in run:
                packet.stamp = now
        track.newest = run[-1]
        for packet in run:
            self._count(track, packet)

    def _count(self, track: UpTrack, packet: Packet) -> None:
        if packet.vp8 is not None and (track.picture is None or track.picture.index < packet.index):
            track.picture = packet
        track.forwarded += 1
        track.octets += packet.end - packet.start
