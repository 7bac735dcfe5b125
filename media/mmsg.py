"""Many datagrams by one call of the kernel: sendmmsg(2), recvmmsg(2) and what they want, laid out in memory.

The one file with libc.

Measured for 50 receivers: 5.0 us for a voice packet to one of them, 6.7 us with a `sendto` for each.
"""

from __future__ import annotations

import errno
import socket
from array import array
from collections.abc import Sequence
from typing import Any, Literal

from cffi import FFI

from media.address import Address, bytes_of, pack
from media.aiortc_bridge import PacketBuffer

BATCH = 64  # packets of one call
LARGEST = 1_700  # bytes of one
ADDRESS_BYTES = 128  # sockaddr_storage
CONTROL_BYTES = 64  # for what the kernel tells with a datagram: a header of 16 bytes and a timespec of 16
STAMPED_BYTES = 32
SO_TIMESTAMPNS = 35  # socket(7), as Linux numbers it: missing in Python's module
MSG_DONTWAIT = 0x40
SOL_UDP, UDP_SEGMENT = 17, 103  # udp(7): the same
DECLARATIONS = """
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr {
    void *msg_name; unsigned int msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
    void *msg_control; size_t msg_controllen; int msg_flags;
};
struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; };
struct segment_size { size_t length; int level; int type; uint16_t size; uint16_t unused[3]; };
int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags);
int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, void *timeout);
"""
_FFI = FFI()
_FFI.cdef(DECLARATIONS)
_LIBC = _FFI.dlopen(None)
_SENDMMSG, _RECVMMSG = _LIBC.sendmmsg, _LIBC.recvmmsg


class Name:
    """Where datagrams go. It may change while messages refer to it, but not to another family."""

    __slots__ = ("length", "memory")

    def __init__(self) -> None:
        self.memory: Any = _FFI.new("unsigned char[]", ADDRESS_BYTES)
        self.length = 0

    def set(self, address: Address) -> None:
        packed = pack(address)
        self.memory[0 : len(packed)] = packed
        self.length = len(packed)


class Outbox:
    """`BATCH` packets in a row, `LARGEST` bytes apart: `bytes` is their memory, `places` where each begins in C.

    `length_places` is the same of each one's length, for whoever changes packets in place.

    A datagram holds a run of them: the kernel splits it where packets end, all of one size, the last may be shorter
    (UDP_SEGMENT, udp(7)).
    """

    def __init__(self) -> None:
        self._memory: Any = _FFI.new("unsigned char[]", BATCH * LARGEST)
        self.bytes = memoryview(_FFI.buffer(self._memory))
        self.places = [self._memory + number * LARGEST for number in range(BATCH)]
        self._parts: Any = _FFI.new("struct iovec[]", BATCH)
        for part, place in zip(self._parts, self.places, strict=True):
            part.iov_base = place
        words = memoryview(_FFI.buffer(self._parts)).cast("B").cast("L")
        self._lengths = words[1::2]  # behind each pointer its length, of the same size on Linux
        # The lower half of a length is an int where bytes come lowest first, as on all machines we run on.
        self.length_places = [_FFI.cast("int *", _FFI.addressof(part, "iov_len")) for part in self._parts]
        self._control: Any = _FFI.new("struct segment_size *", {"length": 18, "level": SOL_UDP, "type": UDP_SEGMENT})

    def set_lengths(self, lengths: list[int]) -> None:
        """Write the numbers at `length_places`: these, again and again."""
        times = BATCH // len(lengths)
        self._lengths[: times * len(lengths)] = array("L", lengths) * times

    def messages(self, names: list[Name], run: int) -> Any:
        """Headers of one datagram to each: the k-th holds the `run` packets from place k x run on.

        The names must live as long.
        """
        made = _FFI.new("struct mmsghdr[]", len(names))
        for number, name in enumerate(names):
            header = made[number].msg_hdr
            header.msg_name, header.msg_namelen = name.memory, name.length
            header.msg_iov, header.msg_iovlen = self._parts + number * run, run
            if run > 1:
                header.msg_control, header.msg_controllen = self._control, _FFI.sizeof("struct segment_size")
        return made

    def send(self, descriptor: int, messages: Any, run: int, first: int, end: int) -> int:
        """Send datagrams `first` to `end`, each of `run` packets. Returns how many packets were refused.

        A full buffer loses what it refuses, as UDP does.
        """
        if run > 1 and first < end:
            self._control.size = self._lengths[first * run]
        refused = 0
        while first < end:
            sent = _SENDMMSG(descriptor, messages + first, end - first, MSG_DONTWAIT)
            if sent > 0:
                first += sent
            else:
                full = run == 1 or _FFI.errno in (errno.EAGAIN, errno.ENOBUFS)
                refused += run if full else self._send_singly(descriptor, messages[first].msg_hdr)
                first += 1
        return refused

    def _send_singly(self, descriptor: int, run: Any) -> int:
        """Where the kernel will not split: an interface without checksums, or a way of small packets."""
        single: Any = _FFI.new("struct mmsghdr[]", run.msg_iovlen)
        for number in range(run.msg_iovlen):
            header = single[number].msg_hdr
            header.msg_name, header.msg_namelen = run.msg_name, run.msg_namelen
            header.msg_iov, header.msg_iovlen = run.msg_iov + number, 1
        return sum(_SENDMMSG(descriptor, single + number, 1, MSG_DONTWAIT) != 1 for number in range(run.msg_iovlen))


class Inbox:
    """Where datagrams of one socket are received, the k-th into `buffers[k]`. `lengths[k]` says how long it is.

    `family`: of the socket, for the length of addresses.
    """

    def __init__(self, family: int, buffers: Sequence[PacketBuffer]) -> None:
        count = len(buffers)
        self.buffers = buffers
        self._names: Any = _FFI.new("unsigned char[]", count * ADDRESS_BYTES)
        self._controls: Any = _FFI.new("long[]", count * CONTROL_BYTES // 8)
        self._parts: Any = _FFI.new("struct iovec[]", count)
        self._messages: Any = _FFI.new("struct mmsghdr[]", count)
        for number, buffer in enumerate(buffers):
            part, header = self._parts[number], self._messages[number].msg_hdr
            part.iov_base, part.iov_len = buffer.cdata, buffer.size
            header.msg_name, header.msg_namelen = self._names + number * ADDRESS_BYTES, bytes_of(family)
            header.msg_iov, header.msg_iovlen = self._parts + number, 1
            header.msg_control = self._controls + number * CONTROL_BYTES // 8
        self.lengths = self._each("msg_len", "I")
        self._told = self._each("msg_hdr.msg_controllen", "L")
        self._stamps = memoryview(_FFI.buffer(self._controls)).cast("B").cast("q")
        self._all: Any = _FFI.buffer(self._names)
        self._size = bytes_of(family)
        self._full = False
        self._count = count  # of messages whose headers the kernel has changed
        self._read = self._empty = self._ahead = 0.0  # when this was read last, and found empty; the wall's lead

    def receive(self, descriptor: int, now: float, wall: float) -> int:
        """How many have come; at most as many as there are buffers, and then there may be more.

        `now`: monotonic seconds, `wall`: seconds since 1970, for `arrival`.
        """
        for number in range(self._count):
            self._told[number] = CONTROL_BYTES
        most = len(self.buffers)
        self._count = count = max(0, int(_RECVMMSG(descriptor, self._messages, most, MSG_DONTWAIT, _FFI.NULL)))
        self._empty, self._read, self._ahead = self._empty if self._full else self._read, now, wall - now
        self._full = count == most
        return count

    def source(self, number: int) -> bytes:
        """Who sent the one in this buffer, as the kernel writes it: fit for `unpack`, and for a key."""
        at = number * ADDRESS_BYTES
        source: bytes = self._all[at : at + self._size]
        return source

    def arrival(self, number: int) -> float:
        """When the one in this buffer came, in monotonic seconds, by the kernel's stamp (`stamp_arrivals`).

        The kernel stamps by the wall's clock, which may be set: but all came after the socket was last read empty.
        """
        if self._told[number] < STAMPED_BYTES:
            return self._read
        at = number * (CONTROL_BYTES // 8) + 2  # behind the header
        came = self._stamps[at] + self._stamps[at + 1] / 1e9 - self._ahead
        return min(max(came, self._empty), self._read)

    def _each(self, field: str, code: Literal["I", "L"]) -> memoryview:
        """This field of every message."""
        words = memoryview(_FFI.buffer(self._messages)).cast("B").cast(code)
        stride = _FFI.sizeof("struct mmsghdr") // words.itemsize
        outer, _, inner = field.partition(".")
        offset = _FFI.offsetof("struct mmsghdr", outer, *([inner] if inner else []))
        return memoryview(words[offset // words.itemsize :: stride])


def stamp_arrivals(receiving: socket.socket) -> None:
    """Let the kernel note when each datagram came."""
    receiving.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
