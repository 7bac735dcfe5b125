"""Datagrams on the media port: who each is for, and sending. Media is read as it comes, what may wait in its time.

STUN finds a peer by fragment, all else by source address.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from media import ice, stun
from media.address import Address, family_of, unpack
from media.aiortc_bridge import PacketBuffer
from media.mmsg import Inbox
from media.settings import MediaSettings
from media.sockets import bind, own_addresses

BURST = 32  # datagrams read before the loop gets a turn
MOST_MEDIA_BYTES = 1_500  # no browser sends more in one datagram; what is forwarded may grow by a header


class Reader(Protocol):
    """A peer, as the socket sees it. RTP and RTCP stay in the receive buffer."""

    ice: ice.IceLite

    def on_path(self, now: float) -> None: ...
    def on_dtls(self, datagram: bytes) -> None: ...
    def on_rtp(self, buffer: PacketBuffer, length: int, now: float) -> None: ...
    def on_rtcp(self, buffer: PacketBuffer, length: int, now: float) -> None: ...


class UdpTransport:
    """`on_drained` is called when what had come is read: the time for work that may wait. True: there is more."""

    def __init__(self, settings: MediaSettings, on_drained: Callable[[], bool] = lambda: False) -> None:
        self.dropped: dict[str, int] = {"stun": 0, "unknown": 0, "oversized": 0, "send": 0}
        self.sockets, self._patient = bind(settings)
        self.port: int = next(iter(self.sockets.values())).getsockname()[1]
        addresses = settings.addresses or own_addresses(tuple(self.sockets))
        self.addresses = tuple((each, self.port) for each in addresses)
        self._by_ufrag: dict[str, Reader] = {}
        self._by_address: dict[bytes, Reader] = {}  # as the kernel writes addresses
        self._sources: dict[Reader, set[bytes]] = {}  # the same by reader
        self._patient_inboxes: list[tuple[int, Inbox]] = []
        self._on_drained = on_drained
        self._working = False
        self._hurries = False
        self._longest = 0.0
        self._closed = False
        self._loop = asyncio.get_running_loop()  # asked for anew it costs a call of the kernel

    def start(self) -> None:
        loop = self._loop
        buffers = [PacketBuffer() for _ in range(BURST)]
        for family, each in self.sockets.items():
            loop.add_reader(each.fileno(), self._readable, each.fileno(), Inbox(family, buffers))
        self._patient_inboxes = [(each.fileno(), Inbox(family, buffers)) for family, each in self._patient.items()]

    def close(self) -> None:
        """Idempotent."""
        if self._closed:
            return
        self.hurry(False)
        self._closed = True
        for each in self.sockets.values():
            self._loop.remove_reader(each.fileno())
        for each in (*self.sockets.values(), *self._patient.values()):
            each.close()

    def bind(self, reader: Reader) -> None:
        """Let checks for this reader's present fragments find it."""
        for ufrag in reader.ice.ufrags:
            self._by_ufrag[ufrag] = reader

    def unbind(self, reader: Reader) -> None:
        """Forget a reader wherever it is known."""
        for ufrag in [ufrag for ufrag, held in self._by_ufrag.items() if held is reader]:
            del self._by_ufrag[ufrag]
        for source in self._sources.pop(reader, ()):
            self._forget(source, reader)

    def send(self, data: bytes | memoryview, address: Address) -> None:
        """Best effort, as UDP is: what the kernel will not take now is counted and gone."""
        out = self.sockets.get(family_of(address))
        try:
            if out is not None:
                out.sendto(data, address)
        except OSError:
            self.dropped["send"] += 1

    def wake(self) -> None:
        """Do what may wait, unless it is being done: each turn comes back by itself while there is more, and a second
        one beside it would keep the sockets waiting.
        """
        if not self._working:
            self._work()

    def _work(self) -> None:
        """A slice: between two the sockets are read."""
        self._working = False
        if not self._closed and self._on_drained():
            self._working = True
            self._loop.call_soon(self._work)

    def _readable(self, descriptor: int, inbox: Inbox) -> None:
        now = time.monotonic()
        self._read(descriptor, inbox, now)
        self.wake()
        self._longest = max(self._longest, time.monotonic() - now)

    def _read(self, descriptor: int, inbox: Inbox, now: float) -> bool:
        """Take what has come, a burst at most: True when there may be more."""
        count = inbox.receive(descriptor, now, time.time())
        for number in range(count):
            self._dispatch(inbox.buffers[number], inbox.lengths[number], inbox.source(number), inbox.arrival(number))
        return count == len(inbox.buffers)

    def hurry(self, on: bool) -> None:
        """Whether reports and checks, too, are read as they come."""
        if self._closed or on == self._hurries:
            return
        self._hurries = on
        for descriptor, inbox in self._patient_inboxes:
            if on:
                self._loop.add_reader(descriptor, self._readable, descriptor, inbox)
            else:
                self._loop.remove_reader(descriptor)

    def take_patient(self, now: float) -> bool:
        """Take the reports and checks that wait, a burst at most: True when there may be more."""
        if self._closed or self._hurries:
            return False
        more = False
        for descriptor, inbox in self._patient_inboxes:
            more |= self._read(descriptor, inbox, now)
        return more

    def take_longest(self) -> float:
        """Seconds of the longest turn since the last call: as long others waited."""
        longest, self._longest = self._longest, 0.0
        return longest

    def _dispatch(self, buffer: PacketBuffer, length: int, source: bytes, now: float) -> None:
        """RFC 7983: the first byte tells STUN, DTLS and (S)RTP apart; RFC 5761 tells RTP and RTCP apart."""
        if length < 2 or length >= buffer.size:
            self.dropped["oversized" if length > 1 else "unknown"] += 1
            return
        first = buffer.bytes[0]
        if first < 4:
            self._stun(bytes(buffer.bytes[:length]), source, now)
            return
        reader = self._by_address.get(source)
        if reader is None:
            self.dropped["unknown"] += 1
        elif 127 < first < 192 and length > MOST_MEDIA_BYTES:
            self.dropped["oversized"] += 1
        elif 127 < first < 192:
            rtcp = 192 <= buffer.bytes[1] <= 223
            (reader.on_rtcp if rtcp else reader.on_rtp)(buffer, length, now)
        elif 19 < first < 64:
            reader.on_dtls(bytes(buffer.bytes[:length]))

    def _stun(self, data: bytes, source: bytes, now: float) -> None:
        check, address = stun.parse_check(data), unpack(source)
        reader = self._by_ufrag.get(check.ufrag) if check is not None else None
        response = reader.ice.on_check(check, address, now) if reader is not None and check is not None else None
        if reader is None or response is None:
            self.dropped["stun"] += 1
            return
        if self._by_address.get(source) is not reader:
            self._move(reader, source)
        self.send(response, address)
        reader.on_path(now)

    def _move(self, reader: Reader, source: bytes) -> None:
        """This reader may be found at one address more; at those it was not checked from lately it is not any more."""
        mine = self._sources.setdefault(reader, set())
        for aged in [each for each in mine if unpack(each) not in reader.ice.addresses]:
            mine.remove(aged)
            self._forget(aged, reader)
        mine.add(source)
        self._by_address[source] = reader

    def _forget(self, source: bytes, reader: Reader) -> None:
        if self._by_address.get(source) is reader:  # else somebody else has come from there since
            del self._by_address[source]
