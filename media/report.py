"""What operators and tests are told of one participant's connection, and how well it does."""

from __future__ import annotations

from media.downtrack import DownTrack
from media.ports import Quality
from media.quality import Signs
from media.seat import Seat
from media.source import Source
from media.uptrack import UpTrack


def judge(seat: Seat, now: float) -> Quality | None:
    """Once a second: the connection's mark, where it has changed."""
    peer, delivery = seat.peer, seat.peer.delivery
    signs = Signs(
        uplink_loss=max((track.fraction_lost for track in peer.uplink.tracks.values()), default=0.0),
        downlink_loss=delivery.loss,
        rtt_s=delivery.rtt or 0.0,
        limited=delivery.limited,
        silence_s=peer.silent_for(now),
    )
    before = seat.gauge.quality
    after = seat.gauge.update(signs, now)
    return after if after is not before else None


def peer_stats(seat: Seat) -> dict[str, object]:
    peer, delivery = seat.peer, seat.peer.delivery
    return {
        "connected": seat.connected,
        "quality": int(seat.gauge.quality),
        "rtt_ms": round(delivery.rtt * 1000, 1) if delivery.rtt is not None else None,
        "loss": round(delivery.loss, 4),
        "estimate_bps": round(delivery.link.estimate),
        "probes": delivery.link.probes,
        "congestions": delivery.link.congestions,
        "mode": str(delivery.wish.mode),
        "address": peer.ice.address[0] if peer.ice.address is not None else None,
        "bad_packets": peer.bad_packets,
        "up": {
            _name(source, track): _up(source, track)
            for source in peer.uplink.sources.values()
            for track in source.tracks
        },
        "down": {mid: _down(slot, delivery.sources.get(mid)) for mid, slot in delivery.slots.items()},
    }


def _name(source: Source, track: UpTrack) -> str:
    return f"{source.kind}:{track.rid}" if track.rid else str(source.kind)


def _up(source: Source, track: UpTrack) -> dict[str, object]:
    layer = source.layer_of(track)
    return {
        "packets": track.packets,
        "lost": track.lost,
        "refused": track.refused,
        "bytes": track.bytes,
        "nacked": track.nack.asked,
        "bitrate_bps": track.bitrate,
        "height": track.height,
        "wanted": source.told[layer] if layer is not None else False,
    }


def _down(slot: DownTrack, source: Source | None) -> dict[str, object]:
    return {
        "kind": str(slot.kind),
        "source": source.peer if source is not None else None,
        "layer": source.layer_of(slot.track) if source is not None else None,
        "packets": slot.packets,
        "resent": slot.resent,
        "padded": slot.padded,
        "switches": slot.switches,
        "layer_changes": slot.layer_changes,
    }
