"""What one participant sends: packets bound to sources and layers, repaired, counted, and asked for again. Pure.

An SSRC is bound by the MID and RID its packets carry (RFC 8843 section 9.2, RFC 8852). No report goes out for an SSRC
that is not bound yet, because browsers stop sending MID and RID after the first.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from media import rtcp, sdp
from media.ports import Kind, Packet
from media.rtp import header, rtx
from media.rtp.header import Header
from media.rtp.stats import ReceptionReport
from media.rtp.twcc import TwccRecorder
from media.source import Source
from media.uptrack import UpTrack

FEEDBACK_S = 0.1


class Uplink:
    """`on_bound` hears of every new track. `receive` raises `BadPacket`."""

    def __init__(self, peer: str, offer: sdp.Offer, on_bound: Callable[[Source, UpTrack], None]) -> None:
        self.sources: dict[Kind, Source] = {}
        self.tracks: dict[int, UpTrack] = {}  # by SSRC
        self._peer, self._on_bound = peer, on_bound
        self._sections = {section.mid.encode(): section for section in offer.sections if section.uplink}
        self._mid_ids = {section.ids.mid for section in self._sections.values() if section.ids.mid is not None}
        self._twcc_id = next((s.ids.twcc for s in self._sections.values() if s.ids.twcc is not None), 0)  # 0 is padding
        self._repairs: dict[int, UpTrack] = {}  # by SSRC of the repair stream
        self._retired: set[int] = set()  # another SSRC has taken their place for good
        self._twcc = TwccRecorder()
        self._twcc_ssrc = 0
        self._fed_back = float("-inf")
        self.heard = float("-inf")  # when anything last came

    def source(self, kind: Kind) -> Source | None:
        return self.sources.get(kind)

    def receive(self, data: bytes, now: float) -> tuple[UpTrack, Packet] | None:
        """A decrypted packet; what is new and worth forwarding comes out."""
        parsed = header.parse(data)
        self.heard = now
        if (counter := parsed.extensions.get(self._twcc_id)) is not None and len(counter) == 2:
            self._twcc.received(counter[0] << 8 | counter[1], now)
            self._twcc_ssrc = parsed.ssrc
        track = self.tracks.get(parsed.ssrc)
        if track is None and parsed.ssrc not in self._repairs:
            track = self._bind(parsed)
        if track is None and (repaired := self._repairs.get(parsed.ssrc)) is not None:
            return self._repair(repaired, parsed, data, now)
        if track is None or (packet := track.receive(parsed, data, now)) is None:
            return None
        return track, packet

    def on_sender_report(self, ssrc: int, ntp: int, timestamp: int, now: float) -> None:
        if (track := self.tracks.get(ssrc)) is not None:
            track.on_sender_report(ntp, timestamp, now)

    def due(self, now: float, gathering: bool = False) -> list[bytes]:
        """RTCP to send now: what is missing, key frames, and when packets came (each 100 ms or so).

        `gathering`: others are about to ask for a key frame as well, and one will do.
        """
        found = []
        for track in self.tracks.values():
            if track.content and now < track.nack.tail_at:
                continue
            if missing := track.missing(now):
                found.append(rtcp.nack(track.ssrc, missing))
            if not gathering and track.keyframe_due(now):
                found.append(rtcp.pli(track.ssrc))
        if now - self._fed_back >= FEEDBACK_S and self._twcc_ssrc:
            self._fed_back = now
            found += self._twcc.feedback(self._twcc_ssrc)
        return found

    def reports(self, now: float) -> list[ReceptionReport]:
        """Once a second: what was received since. Takes the bitrates, too."""
        found = []
        for track in self.tracks.values():
            track.measure(now)
            if (block := track.reception(now)) is not None:
                found.append(block)
        return found

    def close(self) -> None:
        """Idempotent. Whoever heard of tracks is let go, or each would keep the other alive."""
        self._on_bound = _nobody
        for source in self.sources.values():
            source.close()

    def _repair(self, track: UpTrack, parsed: Header, data: bytes, now: float) -> tuple[UpTrack, Packet] | None:
        """A packet of a repair stream (RFC 4588): the one it brings again."""
        original = rtx.restore(parsed, data, track.payload_type, track.ssrc)
        packet = track.receive(original, data, now) if original is not None else None
        return (track, packet) if packet is not None else None

    def _bind(self, parsed: Header) -> UpTrack | None:
        """Tie a new SSRC to what it carries; the newest one of a layer counts."""
        section = self._section(parsed)
        if section is None or parsed.ssrc in self._retired:
            return None
        if parsed.payload_type == section.rtx_type:
            self._bind_repair(section, parsed)
            return None
        if parsed.payload_type != section.payload_type:
            return None
        layer = self._layer(section, parsed.extensions.get(section.ids.rid or 0))
        return self._new_track(section, layer, parsed.ssrc) if layer is not None else None

    def _section(self, parsed: Header) -> sdp.Section | None:
        for key in self._mid_ids:
            section = self._sections.get(parsed.extensions.get(key, b""))
            if section is not None and section.ids.mid == key:
                return section
        return None

    @staticmethod
    def _layer(section: sdp.Section, rid: bytes | None) -> int | None:
        if not section.rids:
            return 0
        name = rid.decode("ascii", "replace") if rid is not None else ""
        return section.rids.index(name) if name in section.rids else None

    def _bind_repair(self, section: sdp.Section, parsed: Header) -> None:
        layer = self._layer(section, parsed.extensions.get(section.ids.repaired_rid or 0))
        source = self.sources.get(section.kind)
        track = source.layers[layer] if source is not None and layer is not None else None
        if track is not None:
            self._repairs[parsed.ssrc] = track

    def _new_track(self, section: sdp.Section, layer: int, ssrc: int) -> UpTrack:
        source = self.sources.get(section.kind)
        if source is None:
            source = Source(self._peer, section.kind, secrets.randbits(32) | 1, section.rids)
            self.sources[section.kind] = source
        if (former := source.layers[layer]) is not None:
            self._retire(former)
        rid = section.rids[layer] if section.rids else ""
        track = UpTrack(
            self._peer, section.kind, ssrc, section.payload_type, section.rate_hz, source.csrc, section.ids.level, rid
        )
        source.put(layer, track)
        self.tracks[ssrc] = track
        self._on_bound(source, track)
        return track

    def _retire(self, former: UpTrack) -> None:
        del self.tracks[former.ssrc]
        self._retired.add(former.ssrc)
        self._repairs = {ssrc: track for ssrc, track in self._repairs.items() if track is not former}
        former.close()


def _nobody(source: Source, track: UpTrack) -> None: ...
