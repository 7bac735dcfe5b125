"""Which layer of every picture one receiver gets out of a budget. Pure: claims and bits a second in, layers out.

Layers are numbered lowest first. Order of protection: first the lowest layer of every picture in rank order, then
better layers in rank order. What runs already is counted a little cheaper than it is (`KEEP`), so that a rate that
breathes does not switch layers; what would be new is counted in full.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from media.ports import Mode

KEEP = 0.85
SHARP_ENOUGH = 0.7  # of the height on the screen: more pixels than that are hardly seen
SAVING_CAMERAS = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """One video slot of one receiver that holds a source."""

    mid: str
    rank: int  # 0 first: the order of protection
    rates: tuple[int, ...]  # bits/s of payload per layer, lowest first; 0: not sent by its source now
    want: int | None  # the highest layer that is of use on this receiver's screen; None: not shown
    now: int | None  # the layer sent now; None: paused


def choose(claims: Sequence[Claim], budget_bps: float) -> dict[str, int | None]:
    """The layer for every claim's mid; None: paused. All that is chosen costs at most `budget_bps` (see `KEEP`)."""
    chosen: dict[str, int | None] = {claim.mid: _best(claim) for claim in claims}
    if total(claims, chosen) <= budget_bps:
        return chosen
    full = kept = 0.0  # cost of what is chosen so far: as it is, and with what runs already counted cheaper
    order = sorted(claims, key=_rank)
    for claim in order:
        chosen[claim.mid] = layer = lowest(claim)
        if layer is not None:
            rate, runs = claim.rates[layer], claim.now is not None
            if (kept + KEEP * rate if runs else full + rate) > budget_bps:
                chosen[claim.mid] = None
            else:
                full, kept = full + rate, kept + (KEEP * rate if runs else rate)
    for claim in order:
        base = chosen[claim.mid]
        if base is None:
            continue
        for layer in range(_top(claim), base, -1):
            more, runs = claim.rates[layer] - claim.rates[base], claim.now is not None and layer <= claim.now
            if claim.rates[layer] and (kept + KEEP * more if runs else full + more) <= budget_bps:
                full, kept = full + more, kept + (KEEP * more if runs else more)
                chosen[claim.mid] = layer
                break
    return chosen


def lowest(claim: Claim) -> int | None:
    """The lowest layer that can be had: one above `want` rather than none. None: nothing to show, or not wanted."""
    if claim.want is None:
        return None
    return next((layer for layer, rate in enumerate(claim.rates) if rate), None)


def total(claims: Sequence[Claim], layers: Mapping[str, int | None]) -> int:
    """Bits/s that these layers have at the claims' present rates."""
    bits = 0
    for claim in claims:
        layer = layers.get(claim.mid)
        if layer is not None and layer < len(claim.rates) and claim.want is not None:
            bits += claim.rates[layer]
    return bits


def wanted(claims: Sequence[Claim]) -> int:
    """Bits/s that the best useful layer of every claim would have."""
    return total(claims, {claim.mid: _best(claim) for claim in claims})


def next_step(claims: Sequence[Claim], chosen: Mapping[str, int | None], below: float = inf) -> int | None:
    """Total bits/s that the next improvement would need; None: nothing to improve.

    The first one in rank order that needs less than `below`; where all need as much, the smallest one.
    """
    needs = _needs(sorted(claims, key=_rank), chosen)
    return next((need for need in needs if need < below), min(needs, default=None))


def useful_layer(height_px: int, layer_heights: Sequence[int]) -> int:
    """The smallest layer that looks sharp at `height_px` device pixels, of layers with these heights, lowest first.

    Layers of one height differ in frames per second: the best of them is meant.
    """
    fine = (height for height in layer_heights if height >= SHARP_ENOUGH * height_px)
    height = next(fine, layer_heights[-1])
    return max(layer for layer, other in enumerate(layer_heights) if other == height)


def in_mode(claims: Sequence[Claim], mode: Mode, screens: Collection[str]) -> list[Claim]:
    """The claims that a receiver has in its mode. `screens`: the mids of slots that hold a screen.

    SAVING: the lowest layer of every screen and of the first four cameras; AUDIO: nothing.
    """
    if mode is Mode.FULL:
        return list(claims)
    shown = [claim for claim in sorted(claims, key=_rank) if claim.want is not None]
    cameras = [claim.mid for claim in shown if claim.mid not in screens][:SAVING_CAMERAS]
    stays = {*screens, *cameras} if mode is Mode.SAVING else set()
    return [replace(claim, want=0 if claim.mid in stays and claim.want is not None else None) for claim in claims]


def _rank(claim: Claim) -> int:
    return claim.rank


def _top(claim: Claim) -> int:
    """The highest layer of use, sent or not; -1: none."""
    return -1 if claim.want is None else min(claim.want, len(claim.rates) - 1)


def _best(claim: Claim) -> int | None:
    layer = _top(claim)
    while layer >= 0 and not claim.rates[layer]:
        layer -= 1
    return layer if layer >= 0 else lowest(claim)


def _needs(order: Sequence[Claim], chosen: Mapping[str, int | None]) -> list[int]:
    """What each possible improvement needs in all: paused pictures first, then better layers.

    An improvement may take from those ranked behind it all but their lowest layer.
    """
    lows = {claim.mid: claim.rates[low] for claim in order if (low := lowest(claim)) is not None}
    base = sum(low for mid, low in lows.items() if chosen[mid] is not None)
    needs = [base + low for mid, low in lows.items() if chosen[mid] is None]
    for claim in order:
        layer = chosen[claim.mid]
        if layer is None:
            continue
        better = next((rate for rate in claim.rates[layer + 1 : _top(claim) + 1] if rate), None)
        if better is not None:
            needs.append(base + better - lows[claim.mid])
        base += claim.rates[layer] - lows[claim.mid]
    return needs
