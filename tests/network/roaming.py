"""Somebody walks from one network into another: their address changes, their place in the meeting does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.network.measures import Watch, pictures_are_back, sound_is_back
from tests.network.venue import Guest, Venue


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds from the change until sound and pictures flow again, both ways."""

    sound_s: float
    pictures_s: float


def move(venue: Venue, traveller: Guest, guests: Sequence[Guest], noticed: bool, limits: Limits) -> None:
    """Let `traveller`, one of `guests`, come back with another address, and hold the page to what it promises."""
    before, peers = identity(traveller), set(venue.counters())
    traveller.line.change_address(noticed)
    watch = Watch(*guests)
    sounds = [watch.seconds_until(guest, sound_is_back, limits.sound_s, "no sound") for guest in guests]
    pictures = [watch.seconds_until(guest, pictures_are_back, limits.pictures_s, "no pictures") for guest in guests]
    print(f"sound after {max(sounds):.1f} s, pictures after {max(pictures):.1f} s")
    after = identity(traveller)
    assert (after["seat"], after["peer"]) == (before["seat"], before["peer"])
    assert after["connections"] == before["connections"], "the connection was replaced"
    assert after["restarts"] > before["restarts"], "no ICE restart: how did it come back?"
    assert set(venue.counters()) == peers


def identity(guest: Guest) -> dict[str, Any]:
    return dict(guest.person.read("({ seat: window.rakor.seat, peer: window.rakor.peer, ...window.rakor.path })"))
