"""Two in a room, and what one of their browsers says of what it gets."""

from __future__ import annotations

from media import rtcp
from media.delivery import Delivery
from media.downtrack import DownTrack
from media.ports import Kind
from tests.media.house import House

BUFFER = memoryview(bytearray(2_048))


class Pair:
    """Maria speaks and films, Wulan receives."""

    def __init__(self) -> None:
        self.house = House()
        self.maria, self.wulan = self.house.join("maria"), self.house.join("wulan")
        self.delivery: Delivery = self.wulan.peer.delivery
        self.play(5)

    def play(self, times: int) -> None:
        for _ in range(times):
            self.maria.film([0])
            self.maria.speak()
            self.house.tick()

    def slot(self, kind: Kind) -> DownTrack:
        (found,) = (slot for slot in self.delivery.slots.values() if slot.kind is kind and slot.track)
        return found

    def newest(self, kind: Kind) -> int:
        """The sequence number sent last."""
        slot = self.slot(kind)
        assert slot.track is not None
        assert slot.track.newest is not None
        return slot.track.newest.index + slot.lane.sequence

    def resent(self, kind: Kind, *back: int) -> list[bytes]:
        """What answers a NACK for numbers so far back."""
        newest, slot = self.newest(kind), self.slot(kind)
        numbers = [newest - each & 0xFFFF for each in back]
        lengths = self.delivery.resend(slot.ssrc, numbers, self.house.now, BUFFER)
        return [bytes(BUFFER[:length]) for length in lengths]


def report(ssrc: int, fraction_lost: int, lsr: int = 0, dlsr: int = 0) -> rtcp.RtcpReceiverInfo:
    return rtcp.RtcpReceiverInfo(ssrc, fraction_lost, 0, 0, 0, lsr, dlsr)
