"""The fan-out in C (media/fanout.c): the same packets as `PythonEngine`, for less. Optional: it needs a compiler once.

`python -m media.fanout_c` compiles it beside this file.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cffi import FFI

from media.address import Address, pack
from media.aiortc_bridge import address_of, srtp_protect_address
from media.fanout import MOST_RUN, PART, Group, Lane, Shape, lay_out, payload_start
from media.mmsg import LARGEST
from media.ports import Packet

HERE = Path(__file__).parent
LIBRARY = HERE / "_fanout.so"
INTERFACE = 1
# As in fanout.c; sockaddr_storage is 128 bytes.
DECLARATIONS = """
struct lane {
    void *srtp; unsigned char address[128]; uint32_t address_length; uint32_t ssrc; uint32_t timestamp;
    uint16_t sequence; uint16_t picture_id; uint8_t tl0picidx; int64_t first;
};
struct packet {
    const uint8_t *bytes; int length; int64_t index; uint32_t timestamp;
    int picture_at; int picture_bits; uint16_t picture_id; int tl0picidx_at; uint8_t tl0picidx;
};
int rakor_layout(void);
int rakor_fan_out(void *protect, int fd, const struct packet *run, int size, struct lane *const *lanes, int count,
                  int late);
"""


def compile(target: Path = LIBRARY) -> Path:
    """Compile the loop. Raises `FileNotFoundError` without a compiler, `CalledProcessError` when it fails."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise FileNotFoundError("no C compiler: the loop in Python is used instead")
    part = target.with_suffix(".part")
    flags = ["-O3", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([compiler, *flags, "-o", str(part), str(HERE / "fanout.c")], check=True)  # noqa: S603
    part.rename(target)
    return target


_FFI = FFI()
_FFI.cdef(DECLARATIONS)


class CLane(Lane):
    """A lane whose numbers also stand where C reads them."""

    __slots__ = ("raw",)

    def __init__(self, ssrc: int) -> None:
        super().__init__(ssrc)
        self.raw: Any = _FFI.new("struct lane *")
        self.raw.ssrc = ssrc

    def tune(self, first: int, sequence: int, timestamp: int, picture_id: int, tl0picidx: int) -> None:
        super().tune(first, sequence, timestamp, picture_id, tl0picidx)
        raw = self.raw
        raw.first, raw.sequence, raw.timestamp = first, sequence & 0xFFFF, timestamp & 0xFFFFFFFF
        raw.picture_id, raw.tl0picidx = picture_id & 0xFFFF, tl0picidx & 0xFF

    def connect(self, srtp: object, address: Address) -> None:
        super().connect(srtp, address)
        packed = pack(address)
        self.raw.srtp = _FFI.cast("void *", address_of(srtp))
        self.raw.address = packed.ljust(128, b"\0")
        self.raw.address_length = len(packed)


class _Laid:
    """Packets of a run, where C reads them."""

    def __init__(self) -> None:
        self.packets: Any = _FFI.new("struct packet[]", MOST_RUN)
        self._memory: Any = _FFI.new("uint8_t[]", MOST_RUN * LARGEST)
        whole = memoryview(_FFI.buffer(self._memory)).cast("B")
        starts = range(0, MOST_RUN * LARGEST, LARGEST)
        self._places = [(self.packets[k], whole[at : at + LARGEST]) for k, at in enumerate(starts)]
        for (out, _), at in zip(self._places, starts, strict=True):
            out.bytes = self._memory + at

    def lay_out(self, run: Sequence[Packet], shape: Shape, csrc: int) -> None:
        start = payload_start(shape)
        for packet, (out, view) in zip(run, self._places, strict=False):
            out.length = lay_out(packet, shape, csrc, view)
            out.index, out.timestamp = packet.index, packet.timestamp
            out.picture_at = out.picture_bits = out.tl0picidx_at = 0
            if (found := packet.vp8) is not None:
                shift = start - packet.start
                if found.picture_id_bits:
                    out.picture_at, out.picture_bits = found.picture_id_at + shift, found.picture_id_bits
                    out.picture_id = found.picture_id
                if found.tl0picidx_at:
                    out.tl0picidx_at, out.tl0picidx = found.tl0picidx_at + shift, found.tl0picidx


class CEngine:
    """`fds` gives a socket's descriptor by address family.

    Raises `OSError` when the library is not there or was compiled from another version.
    """

    def __init__(self, fds: dict[int, int], library: Path = LIBRARY) -> None:
        self.failed = 0
        self._fds = fds
        loaded = _FFI.dlopen(str(library))
        layout = getattr(loaded, "rakor_layout", None)
        expected = INTERFACE << 28 | _FFI.sizeof("struct lane") << 16 | _FFI.sizeof("struct packet")
        if layout is None or layout() != expected:
            raise OSError(f"{library.name} was compiled from another version")
        self._send = loaded.rakor_fan_out
        self._protect = _FFI.cast("void *", srtp_protect_address())
        self._at_once, self._in_parts = _Laid(), _Laid()

    def lane(self, ssrc: int) -> Lane:
        return CLane(ssrc)

    def send(self, group: Group, run: Sequence[Packet], csrc: int) -> None:
        self._at_once.lay_out(run, group.shape, csrc)
        self._fan(self._at_once, group, len(run), 0, len(group.lanes), 0)

    def send_late(self, group: Group, packet: Packet, csrc: int) -> None:
        self._at_once.lay_out((packet,), group.shape, csrc)
        self._fan(self._at_once, group, 1, 0, len(group.lanes), 1)

    def parts(self, group: Group, run: Sequence[Packet], csrc: int) -> Iterator[None]:
        self._in_parts.lay_out(run, group.shape, csrc)
        size, count = len(run), len(group.lanes)
        most = max(1, PART // size)
        for first in range(0, count, most):
            self._fan(self._in_parts, group, size, first, min(most, count - first), 0)
            yield

    def _fan(self, laid: _Laid, group: Group, size: int, first: int, count: int, late: int) -> None:
        lanes, fd = self._lanes(group) + first, self._fds[group.shape.family]
        self.failed += self._send(self._protect, fd, laid.packets, size, lanes, count, late)

    def _lanes(self, group: Group) -> Any:
        """The group's lanes as C wants them, made again only when one came or went."""
        if group.cache is None or group.cache[0] != group.version:
            raw = [lane.raw for lane in group.lanes if isinstance(lane, CLane)]
            group.cache = (group.version, _FFI.new("struct lane *[]", raw))
        return group.cache[1]


if __name__ == "__main__":
    print(compile())
