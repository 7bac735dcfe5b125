"""`rakor load`: synthetic participants in a meeting of a running Rakor, and what became of their packets.

Signs in as somebody who may lead the meeting, opens it if it is not open, invites as many guests as are needed, and
lets them in the way browsers come in: invitation, session, WebSocket, ICE, DTLS, SRTP. Some take turns to speak and to
be seen, with invented sound and pictures that are really encoded; all others receive and count. The meeting records
and transcribes this like any other: use one made for it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from media.load import material
from media.load.counters import Counters, count, total
from media.load.crowd import Crowd
from media.load.delays import Delays
from media.load.material import Payloads
from media.load.tracks import Sound
from server.guests import Guest, Refusal, Site
from server.terminal import err, fail, out

JOINING_AT_ONCE = 8
DRAIN_S = 0.5
SEEDS = 4  # different voices and scenes; more speakers share them


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked for."""

    meeting: str
    publishers: int
    subscribers: int
    seconds: float
    turn_s: float
    says: Payloads = ()  # by everybody who speaks; none: an invented hum
    cameras: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """`sound` and `pictures`: forwarding delays, from this machine through the server and back, in ms."""

    receivers: int
    counters: Counters
    delivered_least: float  # at the receiver who got the least
    sound: tuple[float | None, float | None]  # p50, p99
    pictures: tuple[float | None, float | None]
    late_ms: float | None  # p99 of this generator's own timers
    began: tuple[float | None, ...]  # when each speaker's first packet of sound left, seconds since 1970

    def described(self) -> dict[str, object]:
        return {
            "receivers": self.receivers,
            "delivered": round(self.counters.delivered, 5),
            "delivered_least": round(self.delivered_least, 5),
            "audio_p50_ms": self.sound[0],
            "audio_p99_ms": self.sound[1],
            "video_p50_ms": self.pictures[0],
            "video_p99_ms": self.pictures[1],
            "generator_late_p99_ms": self.late_ms,
            "lost": self.counters.lost,
            "began": self.began,
            **asdict(self.counters),
        }


async def run(site: Site, username: str, password: str, task: Task, say: Callable[[str], None]) -> Report:
    """Play it. Raises `Refusal`."""
    crowd = Crowd()
    guests: list[Guest] = []
    try:
        say("Mengundang tamu …")
        for cookie in await _invite(site, username, password, task):
            guests.append(Guest(await site.socket(task.meeting, cookie)))
        say("Menyambungkan …")
        await _enter(guests, crowd)
        for number, guest in enumerate(guests[: task.publishers]):
            await guest.equip(crowd, number % SEEDS, task.says, task.cameras)
        say(f"Berlangsung {task.seconds:.0f} detik …")
        return await _talk(guests, crowd, task)
    finally:
        for guest in guests:
            await guest.leave()
        await crowd.close()


async def _invite(site: Site, username: str, password: str, task: Task) -> list[str]:
    """Session cookies of as many guests as are needed."""
    _, chair = await site.post("/session", {"username": username, "password": password})
    await site.post(f"/meetings/{task.meeting}/open", None, chair)
    cookies = []
    for number in range(1, task.publishers + task.subscribers + 1):
        asked = {"name": f"Uji beban {number}", "institution": "Uji beban"}
        invitation, _ = await site.post(f"/meetings/{task.meeting}/invitations", asked, chair)
        token = invitation["url"].rsplit("/", 1)[1]
        cookies.append((await site.post("/invitations/accept", {"token": token}))[1])
    return cookies


async def _enter(guests: list[Guest], crowd: Crowd) -> None:
    for start in range(0, len(guests), JOINING_AT_ONCE):
        await asyncio.gather(*(guest.enter(crowd) for guest in guests[start : start + JOINING_AT_ONCE]))


async def _talk(guests: list[Guest], crowd: Crowd, task: Task) -> Report:
    speakers, left = guests[: task.publishers], task.seconds
    for turn in _turns(len(speakers)):
        for number, guest in enumerate(speakers):
            await guest.speak(number == turn)
        await asyncio.sleep(min(task.turn_s, left))
        left -= task.turn_s
        if left <= 0:
            break
    for guest in speakers:
        await guest.speak(False)
    await asyncio.sleep(DRAIN_S)
    return await crowd.ask(lambda: _report(guests, crowd))


def _turns(speakers: int) -> Iterator[int]:
    while True:
        yield from range(max(1, speakers))


def _report(guests: list[Guest], crowd: Crowd) -> Report:
    counted = [count(guest.participant) for guest in guests if guest.participant is not None]
    return Report(
        receivers=len(guests),
        counters=total(counted),
        delivered_least=min(each.delivered for each in counted),
        sound=_quantiles(crowd.delays["sound"]),
        pictures=_quantiles(crowd.delays["pictures"]),
        late_ms=crowd.engine.lag.quantile_ms(0.99),
        began=tuple(_began(guest.sound) for guest in guests if guest.sound is not None),
    )


def _began(sound: Sound) -> float | None:
    return sound.began_ns / 1e9 if sound.began_ns is not None else None


def _quantiles(delays: Delays) -> tuple[float | None, float | None]:
    return delays.quantile_ms(0.5), delays.quantile_ms(0.99)


def _table(report: Report) -> Table:
    counters = report.counters
    table = Table(title=f"{report.receivers} peserta", show_header=False)
    for name, value in (
        ("Paket diterima", counters.received),
        ("Sampai", f"{counters.delivered:.3%}"),
        ("Sampai, penerima terburuk", f"{report.delivered_least:.3%}"),
        ("Hilang", counters.lost),
        ("Diulang dan sampai", counters.repaired + counters.late),
        ("Ganda", counters.duplicates),
        ("Jeda suara p50 / p99", _ms(report.sound)),
        ("Jeda gambar p50 / p99", _ms(report.pictures)),
        ("Tanpa jeda yang diketahui", counters.unknown),
        ("Bingkai kunci diterima", counters.keyframes),
        ("Paket dikirim", counters.sent),
        ("Dikirim ulang atas permintaan", counters.resent),
        ("Bingkai kunci diminta", counters.keyframes_asked),
        ("Umpan balik kemacetan", counters.feedback),
        ("Meluap di sini", counters.overflowed),
        ("Keterlambatan pembangkit p99", _ms((report.late_ms,))),
    ):
        table.add_row(name, str(value))
    return table


def _ms(values: tuple[float | None, ...]) -> str:
    return " / ".join("–" if value is None else f"{value:.1f} ms" for value in values)


def _speech(file: Path | None) -> Payloads:
    try:
        return material.speech(file) if file is not None else ()
    except ValueError as error:
        fail(f"Berkas suara tidak dapat dibaca: {error}")


def load(
    url: Annotated[str, typer.Argument(help="Address of a running Rakor, as http://localhost:8000")],
    meeting: Annotated[str, typer.Option(help="Id of a meeting made for this: it is recorded and transcribed")],
    username: Annotated[str, typer.Option(help="Somebody who leads the meeting: chair or secretariat of its host")],
    password: Annotated[str, typer.Option(prompt="Kata sandi", hide_input=True, envvar="RAKOR_LOAD_PASSWORD")],
    publishers: Annotated[int, typer.Option(min=0, help="Guests who speak and show themselves, in turns")] = 3,
    subscribers: Annotated[int, typer.Option(min=0, help="Guests who only receive")] = 50,
    seconds: Annotated[float, typer.Option(min=1)] = 60.0,
    turn: Annotated[float, typer.Option(min=1, help="Seconds of each turn")] = 10.0,
    voice: Annotated[Path | None, typer.Option(help="Audio file that speakers say, in place of a hum")] = None,
    cameras: Annotated[bool, typer.Option(help="Speakers show themselves")] = True,
) -> None:
    """Let synthetic participants into a meeting and count what they get: a table, and JSON as the last line."""
    task = Task(meeting, publishers, subscribers, seconds, turn, _speech(voice), cameras)
    if publishers + subscribers == 0:
        fail("Tidak ada peserta yang diminta.")
    try:
        with err.status("…") as status:
            report = asyncio.run(run(Site(url.rstrip("/")), username, password, task, status.update))
    except Refusal as refusal:
        fail(str(refusal))
    out.print(_table(report))
    print(json.dumps(report.described()))
