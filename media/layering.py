"""Which layer of each source goes to each receiver, and which layers publishers need not send."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from media.layers import Claim, in_mode, useful_layer
from media.peer import Peer
from media.ports import Kind, LayersWanted
from media.source import Source

MOST_PROBES = 32  # at a time in one room
SCREEN_RANK, LEADING_RANK, PINNED_RANK, OTHER_RANK = 0, 1, 2, 3


def claims(peer: Peer, leading: frozenset[str]) -> list[Claim]:
    """What the picture slots of one receiver ask for. `leading`: who holds the floor or speaks."""
    delivery = peer.delivery
    shown = dict(delivery.wish.shown) if delivery.wish.shown is not None else None
    found = []
    screens = []
    for mid, source in delivery.sources.items():
        slot = delivery.slots[mid]
        if slot.video:
            rank = _rank(source, leading, delivery.wish.pinned, shown)
            found.append(Claim(mid, rank, tuple(source.rates), _useful(source, shown), source.layer_of(slot.coming)))
            if source.kind is Kind.SCREEN:
                screens.append(mid)
    return in_mode(found, delivery.wish.mode, screens)


class Probes:
    """Who tries out what their way bears: a few at a time.

    A picture that is new to everybody would set all off: the padding of 552 held up voices for a fifth of a second.
    """

    def __init__(self) -> None:
        self._peers: set[str] = set()

    def admit(self, peer: str) -> bool:
        return peer in self._peers or len(self._peers) < MOST_PROBES

    def note(self, peer: str, probing: bool) -> None:
        (self._peers.add if probing else self._peers.discard)(peer)


class Settled(NamedTuple):
    changed: bool  # another layer than before is on its way, or none
    asleep: bool  # a publisher must start a layer again


def settle(peer: Peer, leading: frozenset[str], probes: Probes, now: float) -> Settled:
    """Decide this receiver's layers anew and switch to them."""
    delivery = peer.delivery
    decision = delivery.decide(claims(peer, leading), now, probes.admit(peer.id))
    probes.note(peer.id, delivery.link.probing)
    changed = asleep = False
    for mid, layer in decision.layers.items():
        source, slot = delivery.sources.get(mid), delivery.slots[mid]
        if source is None:
            continue
        track = source.layers[layer] if layer is not None else None
        if layer is not None and track is None:
            continue
        if track is not slot.coming:
            changed = True
            if decision.hurry and (source.layer_of(slot.track) or 0) > (layer or 0):
                slot.pause()
            if slot.want(track) and track is not None:
                track.await_keyframe()
        asleep = asleep or (layer is not None and not source.told[layer])
    return Settled(changed, asleep)


def wanted(room: str, sources: Iterable[Source], now: float) -> list[LayersWanted]:
    """What publishers should be told to send from now on, where that has changed. It counts as told."""
    found = []
    for source in sources:
        layers = source.wanted(now)
        if layers != source.told:
            source.tell(layers, now)
            found.append(LayersWanted(room, source.peer, source.kind, layers))
    return found


def _rank(source: Source, leading: frozenset[str], pinned: tuple[str, ...], shown: dict[str, int] | None) -> int:
    """The order of protection: the screen, whoever leads, what was pinned, then as the page shows them."""
    if source.kind is Kind.SCREEN:
        return SCREEN_RANK
    if source.peer in leading:
        return LEADING_RANK
    if source.peer in pinned:
        return PINNED_RANK
    if shown is None or source.peer not in shown:
        return OTHER_RANK
    return OTHER_RANK + list(shown).index(source.peer)


def _useful(source: Source, shown: dict[str, int] | None) -> int | None:
    """The highest layer that this receiver can show; None: it shows nothing of it."""
    if source.kind is Kind.SCREEN or shown is None:
        return len(source.layers) - 1
    height = shown.get(source.peer, 0)
    return useful_layer(height, source.heights) if height else None
