"""One Rakor in the lab, with its relay, and the people who come to it."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx2
import numpy as np
from playwright.sync_api import Playwright

from tests.journeys.script import script, voice
from tests.journeys.stage import Stage
from tests.network.bidi import Firefox
from tests.network.coturn import NAME, SECRET, Authority, Coturn
from tests.network.lab import Lab
from tests.network.lines import Line
from tests.network.people import AtChromium, AtFirefox, Person

MEETING = "demo-hari-ini"
CHAIR = "ratna"
RATE_HZ = 48_000


@dataclass
class Guest:
    """A person, and the line they come over."""

    username: str
    line: Line
    person: Person

    def stats(self) -> dict[str, Any]:
        return dict(self.person.read("window.rakor.stats()"))


@dataclass
class Venue:
    """`settings` go to the server on top of what the lab needs."""

    lab: Lab
    folder: Path
    playwright: Playwright
    settings: dict[str, str] = field(default_factory=dict)
    _guests: list[Guest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.authority = Authority(self.folder / "authority")
        self.authority.sign(NAME)
        self.relay = Coturn(self.lab.server, self.lab.server_addresses, self.authority, self.folder / "relay")
        told = {
            "RAKOR_HOST": "",  # every interface, IPv4 and IPv6
            "RAKOR_MEDIA_ADDRESSES": ",".join(self.lab.server_addresses),
            "RAKOR_TURN_URLS": self.relay.urls("udp", "tcp", "tls"),
            "RAKOR_TURN_SECRET": SECRET,
        }
        self.stage = Stage(self.folder / "data", told | self.settings)

    @property
    def url(self) -> str:
        return self.stage.url

    def open(self) -> None:
        """Start the relay and the server, and open the meeting."""
        self.relay.start()
        self.lab.server.call(self.stage.start)
        self.stage.step_back()
        self.lab.doors.open(None, self.stage.port, self.lab.server, ("127.0.0.1", self.stage.port))
        with self.client(CHAIR) as chair:
            assert chair.post(f"/api/v1/meetings/{MEETING}/open").status_code == 200

    def close(self) -> None:
        for guest in self._guests:
            guest.person.close()
        self.stage.stop()
        self.relay.stop()

    @contextmanager
    def client(self, username: str) -> Iterator[httpx2.Client]:
        with self.stage.client(username) as client:
            yield client

    def counters(self) -> dict[str, Any]:
        """What the media plane counts, by peer."""
        with self.client(CHAIR) as chair:
            return dict(chair.get(f"/api/v1/meetings/{MEETING}/media").json()["peers"])

    def recording_of(self, peer: str) -> Path:
        """Where the chunks of one connection's microphone lie."""
        return self.stage.data / "recordings" / MEETING / peer

    def invite(
        self, username: str, browser: Literal["chromium", "firefox"] = "chromium", only_ipv6: bool = False
    ) -> Guest:
        """Somebody comes, at their own place, and signs in."""
        place = f"{username}{len(self._guests)}"  # the same person may come again
        line = self.lab.client(place, only_ipv6)
        to = self.lab.server_addresses[1 if only_ipv6 else 0]
        self.lab.doors.open(line.client, self.stage.port, line.client, (to, self.stage.port))
        folder = self.folder / place
        folder.mkdir()
        sits_down = self._at_firefox if browser == "firefox" else self._at_chromium
        person = sits_down(username, line, folder)
        guest = Guest(username, line, person)
        self._guests.append(guest)
        person.sign_in(self.url)
        return guest

    def _at_firefox(self, username: str, line: Line, folder: Path) -> Person:
        self.authority.trusted_by(folder)
        return AtFirefox(username, Firefox(self._inside("firefox-esr", line, folder), folder, line.client))

    def _at_chromium(self, username: str, line: Line, folder: Path) -> Person:
        self.authority.trusted_by(folder / ".pki" / "nssdb")
        microphone = folder / "microphone.wav"
        write_speech(microphone, username)
        program = self._inside("chromium", line, folder)
        return AtChromium.sits_down(self.playwright, program, username, folder, microphone)

    def _inside(self, program: str, line: Line, folder: Path) -> str:
        return line.client.wrap(program, folder, {NAME: self.lab.server_addresses})


def write_speech(path: Path, speaker: str) -> None:
    """A 48 kHz WAV of everything one speaker says, without the pauses for others: browsers play it in a loop."""
    whole = script()
    sound = voice(speaker, whole, RATE_HZ)
    turns = [turn for turn in whole.turns if turn.speaker == speaker]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(np.concatenate([sound[_samples(t.start) : _samples(t.end)] for t in turns]).tobytes())


def _samples(seconds: float) -> int:
    return int(seconds * RATE_HZ)
