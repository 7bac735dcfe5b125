"""The last packets of one source, by their extended sequence number: what a NACK is answered from. Pure."""

from __future__ import annotations

from media.ports import Packet


class PacketRing:
    """Holds `size` consecutive indexes (a power of two). An index that fell out is forgotten for good."""

    __slots__ = ("_mask", "_packets", "highest", "size")

    def __init__(self, size: int) -> None:
        if size & (size - 1):
            raise ValueError("a ring's size is a power of two")
        self.size = size
        self.highest = -1
        self._mask = size - 1
        self._packets: list[Packet | None] = [None] * size

    def put(self, packet: Packet) -> None:
        """Keep a packet. One older than the ring is ignored."""
        if packet.index <= self.highest - self.size:
            return
        self.highest = max(self.highest, packet.index)
        self._packets[packet.index & self._mask] = packet

    def clear(self) -> None:
        """Forget all packets: whoever still refers to the ring must not keep them alive."""
        self._packets = [None] * self.size

    def forget(self, before: float) -> None:
        """Let go what arrived before this time."""
        self._packets = [each if each is not None and each.arrival >= before else None for each in self._packets]

    def get(self, index: int) -> Packet | None:
        if index <= self.highest - self.size:
            return None
        packet = self._packets[index & self._mask]
        return packet if packet is not None and packet.index == index else None

    def since(self, arrival: float, most: int) -> list[Packet]:
        """The newest unbroken run of packets that arrived at `arrival` or later, oldest first, `most` at most.

        Padding breaks it, too: nothing begins with it.
        """
        found: list[Packet] = []
        for index in range(self.highest, self.highest - most, -1):
            packet = self.get(index)
            if packet is None or packet.arrival < arrival or packet.empty:
                break
            found.append(packet)
        return found[::-1]
