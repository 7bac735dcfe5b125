"""The spoken meeting without browsers: synthetic people who sit on the demo's seats and say the script in real time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from media.load import material
from media.load.crowd import Crowd
from server.guests import Guest, Site
from tests.journeys.play import MEETING
from tests.journeys.script import DATA
from tests.journeys.stage import PASSWORD, Stage

SPEAKERS = ("ratna", "bambang", "maria", "wulan")
PACKET_S = 0.02


@dataclass
class Speakers:
    """Everybody's microphone is on all the time and begins at one moment, or goes on where it was."""

    stage: Stage
    began: float = 0.0  # seconds since 1970 at which the script began, as if it had never been broken off
    _guests: list[Guest] = field(default_factory=list)
    _crowd: Crowd | None = None
    _from: int = 0  # packet of the script that comes first

    @property
    def second(self) -> float:
        """Of the script, now."""
        return time.time() - self.began

    async def come(self) -> None:
        """Sit down and speak, from the script's beginning or from where it was when they last went."""
        self._crowd = Crowd()
        site = Site(self.stage.url)
        for name in SPEAKERS:
            _, cookie = await site.post("/session", {"username": name, "password": PASSWORD})
            if name == SPEAKERS[0]:
                await site.post(f"/meetings/{MEETING}/open", None, cookie)
            guest = Guest(await site.socket(MEETING, cookie))
            self._guests.append(guest)
            await guest.enter(self._crowd)
            says = await asyncio.to_thread(material.speech, DATA / f"{name}.flac")
            await guest.equip(self._crowd, says=says[self._from :], camera=False)
        await asyncio.gather(*(guest.speak(True) for guest in self._guests))
        self.began = time.time() - self._from * PACKET_S

    async def go(self) -> None:
        """Everybody at once, where they are in the script; also when nobody listens any more."""
        self._from = round(self.second / PACKET_S)
        for guest in self._guests:
            await guest.leave()
        self._guests.clear()
        if self._crowd is not None:
            await self._crowd.close()
            self._crowd = None

    async def until(self, second: float) -> None:
        """Speak on until the script has reached this."""
        await asyncio.sleep(max(0.0, second - self.second))
