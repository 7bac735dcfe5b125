"""What operators watch, in Prometheus' text format: names in tables, numbers from counters. Pure.

Counters come from `media.stats` as they are: what a table names and media counts is exported, what is missing is left
out. A peer is labelled by its meeting, office and seat, never by a person; a receiver's slots are added up by kind, so
that a meeting of hundreds does not make tens of thousands of series.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

COUNTER, GAUGE = CounterMetricFamily, GaugeMetricFamily
Labels = tuple[str, ...]
Sample = tuple[Labels, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One metric: the field of the counters, its name, what it says; `scale` turns the field's unit into the name's."""

    field: str
    name: str
    says: str
    family: type[CounterMetricFamily] | type[GaugeMetricFamily] = COUNTER
    scale: float = 1.0


PLACE = ("meeting", "office", "seat")
PEER = (
    Line("connected", "rakor_peer_connected", "Its media flows", GAUGE),
    Line("quality", "rakor_peer_quality", "3 good, 2 fair, 1 poor, 0 hardly anything", GAUGE),
    Line("rtt_ms", "rakor_peer_rtt_seconds", "Round-trip time", GAUGE, 0.001),
    Line("loss", "rakor_peer_loss_ratio", "Packets to it that are lost, 0 to 1", GAUGE),
    Line("estimate_bps", "rakor_peer_estimate_bits_per_second", "What its line is thought to carry to it", GAUGE),
    Line("probes", "rakor_peer_probes", "Times its line was tried for more"),
    Line("congestions", "rakor_peer_congestions", "Times its line carried less than was thought"),
    Line("bad_packets", "rakor_peer_bad_packets", "Packets from it that could not be used"),
)
UP = (
    Line("packets", "rakor_up_packets", "Packets received from it"),
    Line("bytes", "rakor_up_bytes", "Bytes received from it"),
    Line("lost", "rakor_up_lost", "Packets that never came", GAUGE),  # a late packet takes it back
    Line("refused", "rakor_up_refused", "Packets over its budget"),
    Line("nacked", "rakor_up_nacked", "Packets asked for again"),
    Line("wanted", "rakor_up_wanted", "Somebody watches this layer", GAUGE),
    Line("bitrate_bps", "rakor_up_bits_per_second", "Bit rate received now", GAUGE),
)
DOWN = (
    Line("packets", "rakor_down_packets", "Packets sent to it"),
    Line("bytes", "rakor_down_bytes", "Bytes sent to it"),
    Line("resent", "rakor_down_resent", "Packets sent again because it asked"),
    Line("padded", "rakor_down_padded", "Packets of padding sent to try its line"),
    Line("switches", "rakor_down_switches", "Times a slot took another source"),
    Line("layer_changes", "rakor_down_layer_changes", "Times a slot took another layer of its source"),
)
LAYER = Line("", "rakor_down_slots", "Slots that show a source, by layer", GAUGE)
SEATS = Line("", "rakor_room_seats", "Participants", GAUGE)
PEERS = Line("", "rakor_room_peers", "Media connections", GAUGE)
DROPPED = Line("", "rakor_media_dropped_packets", "Packets dropped, by reason")
LAG = Line("", "rakor_loop_lag_seconds", "How late the event loop is", GAUGE, 0.001)
QUANTILES = {"p50": "0.5", "p99": "0.99", "max": "1"}


@dataclass(frozen=True, slots=True)
class RoomCounters:
    """`media`: `MediaPlane.stats`; None when it did not answer. `places`: (office, seat) of every peer."""

    meeting: str
    places: Mapping[str, tuple[str, str]]
    seats: int
    media: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything at one moment. `lag_ms`: of the server's own event loop, by `QUANTILES`."""

    media_up: bool
    speech_ready: bool
    tracks: int
    behind_s: float
    rooms: tuple[RoomCounters, ...] = ()
    lag_ms: Mapping[str, object] = field(default_factory=dict)


def exposition(snapshot: Snapshot) -> bytes:
    """The text a scraper reads (exposition format 0.0.4)."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families(families(snapshot)))
    return generate_latest(registry)


def families(snapshot: Snapshot) -> list[Metric]:
    """Families without a sample are left out."""
    made = [
        _one("rakor_media_up", "The media process answers", snapshot.media_up),
        _one("rakor_speech_ready", "Every speech worker is ready", snapshot.speech_ready),
        _one("rakor_transcription_tracks", "Microphones that are being transcribed", snapshot.tracks),
        _one("rakor_transcription_behind_seconds", "Sound that waits to be heard", snapshot.behind_s),
        _one("rakor_rooms", "Open meetings", len(snapshot.rooms)),
        _family(SEATS, ("meeting",), _seats(snapshot)),
        _family(PEERS, ("meeting",), _peer_counts(snapshot)),
        _family(LAG, ("process", "quantile"), _lag(snapshot)),
        _family(DROPPED, ("reason",), _dropped(snapshot)),
    ]
    peers = list(_peers(snapshot))
    made += [_family(line, PLACE, _values(peers, line)) for line in PEER]
    ups = [sample for place, counters in peers for sample in _ups(place, counters)]
    made += [_family(line, (*PLACE, "kind", "layer"), _values(ups, line)) for line in UP]
    downs = [sample for place, counters in peers for sample in _downs(place, counters)]
    made += [_family(line, (*PLACE, "kind"), _values(downs, line)) for line in DOWN]
    shown = [sample for place, counters in peers for sample in _shown(place, counters)]
    made.append(_family(LAYER, (*PLACE, "kind", "layer"), shown))
    return [family for family in made if family.samples]


class _Families:
    """What a registry asks."""

    def __init__(self, made: Iterable[Metric]) -> None:
        self._made = made

    def collect(self) -> Iterable[Metric]:
        return self._made


# --- samples ---


def _seats(snapshot: Snapshot) -> Iterator[Sample]:
    return (((room.meeting,), room.seats) for room in snapshot.rooms)


def _peer_counts(snapshot: Snapshot) -> Iterator[Sample]:
    return (((room.meeting,), len(_table(room.media, "peers"))) for room in snapshot.rooms if room.media)


def _lag(snapshot: Snapshot) -> Iterator[Sample]:
    for process, lag in (("server", snapshot.lag_ms), ("media", _of_process(snapshot, "lag_ms"))):
        for name, quantile in QUANTILES.items():
            if (value := _number(lag.get(name))) is not None:
                yield (process, quantile), value


def _dropped(snapshot: Snapshot) -> Iterator[Sample]:
    for reason, count in _of_process(snapshot, "dropped").items():
        if (value := _number(count)) is not None:
            yield (reason,), value


def _of_process(snapshot: Snapshot, name: str) -> Mapping[str, object]:
    """What media counts for all rooms together: any room tells it."""
    return next((_table(room.media, name) for room in snapshot.rooms if room.media), {})


def _peers(snapshot: Snapshot) -> Iterator[tuple[Labels, Mapping[str, object]]]:
    """Connections whose seat is known; one that is being replaced is not counted twice."""
    for room in snapshot.rooms:
        peers = _table(room.media, "peers")
        for peer, place in room.places.items():
            if peer in peers:
                yield (room.meeting, *place), _table(peers, peer)


def _ups(place: Labels, counters: Mapping[str, object]) -> Iterator[tuple[Labels, Mapping[str, object]]]:
    """Sources are named `mic`, `camera:q`."""
    ups = _table(counters, "up")
    for name in ups:
        kind, _, layer = name.partition(":")
        yield (*place, kind, layer), _table(ups, name)


def _downs(place: Labels, counters: Mapping[str, object]) -> Iterator[tuple[Labels, Mapping[str, object]]]:
    """Slots of one kind, added up: their number is fixed, so what they count only grows."""
    sums: dict[str, dict[str, object]] = {}
    for slot in _slots(counters):
        counted = sums.setdefault(str(slot.get("kind", "")), {})
        for line in DOWN:
            if (value := _number(slot.get(line.field))) is not None:
                counted[line.field] = (_number(counted.get(line.field)) or 0.0) + value
    return (((*place, kind), counted) for kind, counted in sums.items())


def _shown(place: Labels, counters: Mapping[str, object]) -> list[Sample]:
    counts: dict[Labels, float] = {}
    for slot in _slots(counters):
        if slot.get("source") is not None and slot.get("layer") is not None:
            labels = (*place, str(slot.get("kind", "")), str(slot["layer"]))
            counts[labels] = counts.get(labels, 0.0) + 1
    return list(counts.items())


def _slots(counters: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    downs = _table(counters, "down")
    return (_table(downs, mid) for mid in downs)


def _values(counted: Iterable[tuple[Labels, Mapping[str, object]]], line: Line) -> Iterator[Sample]:
    for labels, counters in counted:
        if (value := _number(counters.get(line.field))) is not None:
            yield labels, value


# --- shapes ---


def _one(name: str, says: str, value: float) -> Metric:
    return _family(Line("", name, says, GAUGE), (), [((), float(value))])


def _family(line: Line, labels: Labels, samples: Iterable[Sample]) -> Metric:
    family = line.family(line.name, line.says, labels=labels)
    for values, value in samples:
        family.add_metric(values, value * line.scale)
    return family


def _table(counters: Mapping[str, object] | None, name: str) -> Mapping[str, object]:
    """What is not there, or not a table, is an empty one."""
    found = counters.get(name) if counters is not None else None
    return found if isinstance(found, Mapping) else {}


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
