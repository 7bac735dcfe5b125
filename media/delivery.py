"""What one participant receives: its slots, what it says of them, and what its link bears. Pure.

Its browser answers with REMB, loss reports, NACKs and key frame requests; `Downlink` makes of them which layers go out
and when to try for more.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator, Sequence
from itertools import islice

from media import rtcp, sdp
from media.downlink import Decision, Downlink
from media.downtrack import PADDING_BYTES, DownTrack, SlotStream
from media.fanout import Engine
from media.layers import Claim, total
from media.ports import Wish
from media.rtp.budget import Budget
from media.source import Source

RESENT_A_SECOND, RESENT_AT_ONCE = 500, 256  # packets that may be asked for again
WORDS_A_SECOND = 12  # sound packets sent again on a narrow way: enough for one in ten of two voices
LEAST_REPAIRS = 3_600  # bytes: three packets
MOST_PADDING_AT_ONCE = 80  # 5 Mbit/s with ticks 40 ms apart
INSURED_LOSS, INSURED_S = 0.03, 30.0
BREAK_S = 2.0  # browsers that get pictures say something every second
WATCH_S = 0.1  # between sender reports while round trips are watched
MOST_WATCHED, MOST_REPORTED = 4, 16  # slots of which reports go out then; reports that may still be answered
DRAWN = struct.Struct("!IIIHH")  # what is random of a slot
PADDING_COST = 8 * (PADDING_BYTES + 60)  # bits, with what the headers take


class Delivery:
    """`slots` by mid; `sources` is what each is meant to show, whether or not anything is sent of it now."""

    def __init__(self, offer: sdp.Offer, engine: Engine) -> None:
        sections = [section for section in offer.sections if not section.uplink]
        drawn = DRAWN.iter_unpack(secrets.token_bytes(DRAWN.size * len(sections)))
        streams = map(_stream, sections, drawn)
        self.slots = {stream.mid: DownTrack(stream, engine) for stream in streams}
        self.pictures = tuple(slot for slot in self.slots.values() if slot.video)
        self.sources: dict[str, Source] = {}
        self.wish = Wish()
        self.link = Downlink()
        self.decision: Decision | None = None
        self.loss = 0.0  # of the last report, 0 to 1
        self.rtt: float | None = None
        self._by_ssrc = {slot.ssrc: slot for slot in self.slots.values()}
        self._padded_slot = next((slot for slot in self.pictures if slot.stream.rtx_type is not None), None)
        self._resends = Budget(RESENT_A_SECOND, RESENT_AT_ONCE)
        self._words = Budget(WORDS_A_SECOND, WORDS_A_SECOND)
        self._reported: dict[int, float] = {}  # unanswered sender reports: when sent, by the middle of the NTP time
        self._heard, self._flowed = float("-inf"), False  # when its browser last said something; pictures flowed then
        self._told = float("-inf")  # when the last one was sent
        self._ahead: float | None = None  # seconds since 1970 less monotonic ones
        self._asks_for_sound = False  # NACKs for a voice slot have come
        self._insured_until = float("-inf")
        self._padded = 0.0
        self._repairs = float(LEAST_REPAIRS)  # bytes that may still be sent again
        self._repairs_at: float | None = None
        self._extra = 0  # bytes of repairs and probes
        self._claims: Sequence[Claim] = ()
        self._shown: dict[str, DownTrack] = {}  # slots that have ever had a picture

    @property
    def filled(self) -> list[DownTrack]:
        """The slots that are meant to show something: few, and the others send nothing."""
        return [self.slots[mid] for mid in self.sources]

    def has_slot(self, ssrc: int) -> bool:
        """A slot sends under it; not its repair stream."""
        return ssrc in self._by_ssrc

    # --- what its browser says ---

    def _hear(self, now: float) -> None:
        """After a break more is missing than can be repaired: pictures that went on meanwhile begin anew."""
        if self._flowed and now - self._heard > BREAK_S:
            for slot in self.filled:
                if slot.track is not None:
                    slot.track.ask_keyframe()
        self._heard, self._flowed = now, any(slot.video and slot.track is not None for slot in self.filled)

    def on_reports(self, blocks: Sequence[rtcp.RtcpReceiverInfo], now: float) -> bool:
        """Report blocks about our slots (RFC 3550 section 6.4.2). True: layers should be decided again."""
        self._hear(now)
        losses, rtt = [], None
        for block in blocks:
            if block.lsr and (sent := self._reported.pop(block.lsr, None)) is not None:
                rtt = max(0.0, now - sent - block.dlsr / 65536)
            slot = self._by_ssrc.get(block.ssrc)
            if slot is None or slot.track is None:
                continue
            losses.append(block.fraction_lost / 256)
            if not slot.video and not self._asks_for_sound and block.fraction_lost > INSURED_LOSS * 256:
                self._insured_until = now + INSURED_S
        if rtt is not None:
            self.rtt = rtt
        elif not losses:
            return False
        if losses:
            self.loss = sum(losses) / len(losses)
        self.link.on_report(self.loss if losses else None, now, rtt)
        return self._tight

    def on_picture_feedback(self, packet: rtcp.RtcpPsfbPacket, now: float) -> bool:
        """Key frame requests and REMB. True: layers should be decided again."""
        self._hear(now)
        if packet.fmt == rtcp.RTCP_PSFB_APP:
            bitrate = rtcp.remb_bitrate(packet.fci)
            if bitrate is None:
                return False
            self.link.on_remb(bitrate, now)
            return self._tight or bitrate < self._rate_sent()
        for ssrc in rtcp.picture_loss(packet):
            slot = self._by_ssrc.get(ssrc)
            if slot is not None and slot.coming is not None:
                slot.coming.ask_keyframe()
        return False

    def resend(self, ssrc: int, lost: Sequence[int], now: float, buffer: memoryview) -> Iterator[int]:
        """Write each packet asked for again into `buffer`, one after the other; yields lengths.

        Not pictures of another source or layer than the slot shows now: it began with a key frame, nobody waits for
        them any more. The last words of a voice are still to be heard when another has the slot.
        """
        slot = self._by_ssrc.get(ssrc)
        if slot is None:
            return
        self._asks_for_sound |= not slot.video
        for sequence in lost:
            if not self._resends.take(1, now) or not self._may_repair(slot, now):
                return
            if slot.video and slot.past(sequence):
                continue
            length = slot.repair(sequence, now, buffer) or slot.repack(sequence, buffer)
            if slot.video:
                self._extra += length
                self._repairs -= length
            yield length

    def _may_repair(self, slot: DownTrack, now: float) -> bool:
        """Repairs must not fill a narrow way: pictures have a budget and half a second of it at once, and what voices
        ask for again when nothing else is sent any more is late, not lost.
        """
        if not slot.video:
            return not self.starved or self._words.take(1, now)
        rate = self.decision.repair_bps / 8 if self.decision is not None else 0.0
        if self._repairs_at is not None:
            self._repairs = min(max(LEAST_REPAIRS, rate / 2), self._repairs + rate * (now - self._repairs_at))
        self._repairs_at = now
        return self._repairs > 0

    # --- what goes out ---

    def insured(self, now: float) -> bool:
        """Voices get lost on the way to a browser that never asks for them again (Firefox): they are sent twice."""
        return now < self._insured_until and not self._asks_for_sound

    def again(self, buffer: memoryview) -> Iterator[int]:
        """Write every sound packet but the newest once more, byte for byte: whoever has the first drops the second.

        Yields lengths. The two are 20 ms and more apart, so that one gap does not take both.
        """
        for slot in self.slots.values():
            if not slot.video:
                for sequence in slot.unrepeated():
                    yield slot.repack(sequence, buffer)

    def decide(self, claims: Sequence[Claim], now: float, may_probe: bool = True) -> Decision:
        """Which layers to send from now on."""
        self._shown.update((claim.mid, self.slots[claim.mid]) for claim in claims)
        self.link.sent(sum(slot.octets for slot in self._shown.values()) + self._extra, now)
        self._claims = claims
        former, self.decision = self.decision, self.link.decide(claims, now, may_probe)
        if former is None or not former.padding_bps:
            self._padded = now
        return self.decision

    @property
    def limited(self) -> bool:
        """Less goes out than its screen could show."""
        layers = self.decision.layers if self.decision is not None else {}
        return any(claim.want is not None and layers.get(claim.mid) != claim.want for claim in self._claims)

    @property
    def starved(self) -> bool:
        """Pictures are wanted and not one goes out: there is room for voices at best."""
        layers = self.decision.layers if self.decision is not None else {}
        wanted = [claim.mid for claim in self._claims if claim.want is not None]
        return bool(wanted) and all(layers.get(mid) is None for mid in wanted)

    @property
    def _tight(self) -> bool:
        """This way bears less than what is wanted, or is being tried: every word about it counts at once."""
        decision = self.decision
        if decision is None or decision.padding_bps:
            return True
        return self.limited

    @property
    def awake(self) -> bool:
        """Something is to be done for it every few moments: it is probed or watched."""
        return self.decision is not None and (self.decision.watch or self.decision.padding_bps > 0)

    def _rate_sent(self) -> int:
        return total(self._claims, self.decision.layers) if self.decision is not None else 0

    def pad(self, now: float, buffer: memoryview) -> int:
        """Write one packet of padding into `buffer`; its length in bytes."""
        length = self._padded_slot.padding(now, buffer) if self._padded_slot is not None else 0
        self._extra += length
        return length

    def padding_due(self, now: float) -> int:
        """How many padding packets this moment's share of a probe is: up to its end, though a tick comes later."""
        if self.decision is None or not self.decision.padding_bps:
            return 0
        due = int((min(now, self.decision.again_at) - self._padded) * self.decision.padding_bps / PADDING_COST)
        if due > 0:
            self._padded += due * PADDING_COST / self.decision.padding_bps
        return min(due, MOST_PADDING_AT_ONCE)

    def sender_reports(self, now: float, wall: float) -> list[bytes]:
        """Of every slot that sends. `wall`: seconds since 1970 at `now`."""
        self._ahead = wall - now
        found = [sent for slot in self.filled if (sent := slot.sender_report(now, wall)) is not None]
        self._remember(found, now)
        return found

    def watched(self, now: float) -> list[bytes]:
        """Sender reports to measure round trips by, where they are due: of a few slots, pictures first, for browsers
        tell of them most often; and of the one that is padded, also while it shows nothing.
        """
        if self.decision is None or not self.decision.watch or now - self._told < WATCH_S or self._ahead is None:
            return []
        padded = self._padded_slot
        order = sorted(self.slots.values(), key=lambda slot: (slot is not padded, not slot.video))
        reports = (slot.sender_report(now, now + self._ahead, slot is padded) for slot in order)
        found = list(islice((each for each in reports if each is not None), MOST_WATCHED))
        self._remember(found, now)
        return found

    def _remember(self, reports: Sequence[bytes], now: float) -> None:
        if not reports:
            return
        self._told = now
        self._reported[int.from_bytes(reports[0][10:14], "big")] = now
        if len(self._reported) > MOST_REPORTED:
            del self._reported[next(iter(self._reported))]


def _stream(section: sdp.Section, drawn: tuple[int, ...]) -> SlotStream:
    ssrc, rtx_ssrc, timestamp, sequence, rtx_sequence = drawn
    return SlotStream(
        mid=section.mid,
        kind=section.kind,
        ssrc=ssrc | 1,
        payload_type=section.payload_type,
        rate_hz=section.rate_hz,
        mid_id=section.ids.mid,
        stamp_id=section.ids.abs_send_time if section.video else None,
        rtx_ssrc=rtx_ssrc | 1,
        rtx_type=section.rtx_type if section.video else None,
        first_sequence=sequence & 0x7FFF,
        first_rtx_sequence=rtx_sequence & 0x7FFF,
        first_timestamp=timestamp,
    )
