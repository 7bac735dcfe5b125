"""Reminders over a real SMTP server: to whom, when, and never twice, whatever goes wrong in between."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import ValidationError
from sqlalchemy import select
from sqlmodel import col

from server.auth.models import Person, Position
from server.db import Sessions
from server.followups.letters import Due, write
from server.followups.mail import Carrier, NoRelay, Post, Relay
from server.followups.models import ReminderRow
from server.followups.reminding import Reminders
from server.followups.rules import Status
from server.followups.taking import take
from server.settings import Settings
from tests.server.followups.conftest import HELD, content, follow_up, held, items
from tests.server.followups.postoffice import SECRET, USER, PostOffice, certificate, post_office

SENDER = "rakor@kpu.example"
WEEK_BEFORE = datetime(2026, 11, 28, 1, 30, tzinfo=UTC)  # 08.30 in Jakarta and Padang


@dataclass
class Clock:
    now: datetime = WEEK_BEFORE

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """Reminders that begin anew whenever they are asked for, as after a restart."""

    sessions: Sessions
    post: Post
    clock: Clock = field(default_factory=Clock)

    async def remind(self, after: timedelta = timedelta()) -> int:
        self.clock.now += after
        reminders = Reminders(self.sessions, self.post, self.clock)
        await reminders.forget()
        return await reminders.remind()

    async def states(self) -> list[tuple[str, str, int]]:
        async with self.sessions() as session:
            rows = await session.scalars(select(ReminderRow).order_by(col(ReminderRow.person_id)))
            return [(row.person_id, row.state, row.attempts) for row in rows]


async def person(
    sessions: Sessions, id: str, office: str, email: str, role: str = "secretariat", **more: object
) -> None:
    async with sessions.begin() as session:
        made = Person(id=id, username=id, name=id.title(), role=role, email=email, password_hash="", created_at=HELD)
        made.disabled = bool(more.get("disabled"))
        session.add(made)
        await session.flush()
        until = more.get("until")
        assert until is None or isinstance(until, date)
        session.add(Position(id=id, person_id=id, office_id=office, title="Kasubbag", valid_until=until))


async def signed(sessions: Sessions, *follow_ups: dict[str, object]) -> None:
    async with sessions.begin() as session:
        meeting = await held(session, ("kaltara", "sumbar"))
        await take(session, meeting, content(*(follow_ups or (follow_up(all_offices=True),))), HELD)


def plain(office: PostOffice, url: str = "") -> Post:
    return Post(Relay.of(url or f"smtp://127.0.0.1:{office.port}"), SENDER, "https://rakor.example")


async def test_secretariats_with_an_address_are_reminded_once_of_each_occasion(sessions: Sessions) -> None:
    await signed(sessions)
    await person(sessions, "yusuf", "kaltara", "yusuf@kpu.example")
    await person(sessions, "siti", "kaltara", "siti@kpu.example", role="participant")
    await person(sessions, "rudi", "kaltara", "rudi@kpu.example", disabled=True)
    await person(sessions, "lama", "kaltara", "lama@kpu.example", until=date(2026, 11, 1))
    await person(sessions, "hana", "sumbar", "")
    async with post_office() as office:
        desk = Desk(sessions, plain(office), Clock(WEEK_BEFORE - timedelta(days=1)))
        told = [await desk.remind(timedelta(days=1)) for _ in range(25)]
        assert sum(told) == len(office.letters) == 5  # 7 and 1 days before, 1, 8 and 15 after
    assert {each["To"] for each in office.letters} == {"yusuf@kpu.example"}
    assert [text.splitlines()[5].strip() for text in office.texts("yusuf@kpu.example")] == [
        "Tenggat: 5 Desember 2026 (7 hari lagi)",
        "Tenggat: 5 Desember 2026 (besok)",
        "Tenggat: 5 Desember 2026 (terlambat 1 hari)",
        "Tenggat: 5 Desember 2026 (terlambat 8 hari)",
        "Tenggat: 5 Desember 2026 (terlambat 15 hari)",
    ]
    assert len({each["Message-ID"] for each in office.letters}) == 5
    async with sessions() as session:
        mine = next(item.id for _, item in await items(session) if item.office_id == "kaltara")
    assert f"https://rakor.example/tindak-lanjut/{mine}" in office.texts("yusuf@kpu.example")[0]


async def test_what_is_done_is_not_reminded_of_and_what_is_moved_is_anew(sessions: Sessions) -> None:
    await signed(sessions, follow_up(offices=("kaltara",)), follow_up("t2", offices=("kaltara",)))
    await person(sessions, "yusuf", "kaltara", "yusuf@kpu.example")
    async with post_office() as office:
        desk = Desk(sessions, plain(office))
        assert await desk.remind() == 1  # one letter for both
        async with sessions.begin() as session:
            (first, done), _ = await items(session)
            done.status, first.due = Status.DONE, date(2026, 12, 7)
        assert await desk.remind() == 0
        async with sessions.begin() as session:
            (_, done), (second, _) = await items(session)
            done.status, second.due = Status.DONE, date(2026, 12, 4)
        assert await desk.remind() == 1
    assert "1 butir mendekati tenggat" in office.letters[-1]["Subject"]


async def test_who_is_refused_for_good_is_let_be_and_others_get_theirs(sessions: Sessions) -> None:
    await signed(sessions)
    await person(sessions, "a", "kaltara", "tidak.ada@kpu.example")
    await person(sessions, "b", "sumbar", "hana@kpu.example")
    async with post_office() as office:
        office.says["tidak.ada@kpu.example"] = "550 No such user"
        desk = Desk(sessions, plain(office))
        assert [await desk.remind(timedelta(hours=1)) for _ in range(3)] == [1, 0, 0]
    assert office.asked == 2
    assert await desk.states() == [("a", "refused", 1), ("b", "sent", 1)]


async def test_who_is_refused_for_now_is_tried_again_ever_more_seldom(sessions: Sessions) -> None:
    await signed(sessions, follow_up(offices=("kaltara",)))
    await person(sessions, "yusuf", "kaltara", "yusuf@kpu.example")
    async with post_office() as office:
        office.says["yusuf@kpu.example"] = "451 Try again later"
        desk = Desk(sessions, plain(office))
        tried = []
        for _ in range(12):  # two hours
            await desk.remind(timedelta(minutes=10))
            tried.append(office.asked)
        assert tried == [1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4]
        del office.says["yusuf@kpu.example"]
        assert await desk.remind(timedelta(hours=2)) == 1
        assert await desk.remind(timedelta(hours=2)) == 0


@pytest.mark.parametrize(("moment", "state", "letters"), [("rcpt", "sent", 1), ("data", "unsure", 1)])
async def test_a_line_that_drops_loses_no_letter_and_sends_none_twice(
    sessions: Sessions, moment: str, state: str, letters: int
) -> None:
    """Before the letter was sent it comes later; after it nobody can know, so it does not come again."""
    await signed(sessions)
    await person(sessions, "a", "kaltara", "a@kpu.example")
    await person(sessions, "b", "sumbar", "b@kpu.example")
    async with post_office() as office:
        office.drops["a@kpu.example"] = moment
        desk = Desk(sessions, plain(office))
        assert await desk.remind() == 0
        assert len(await desk.states()) == 1  # the line is gone: nothing is begun on it
        assert await desk.remind(timedelta(minutes=10)) == 1  # the other's letter does not wait for the first
        office.drops.clear()
        for _ in range(3):
            await desk.remind(timedelta(minutes=10))
        assert [len(office.texts(f"{each}@kpu.example")) for each in "ab"] == [letters, 1]
        assert (await desk.states())[0][1] == state


async def test_what_a_killed_server_had_begun_is_not_sent_again(sessions: Sessions) -> None:
    await signed(sessions, follow_up(offices=("kaltara",)))
    await person(sessions, "yusuf", "kaltara", "yusuf@kpu.example")
    async with sessions.begin() as session:
        ((_, item),) = await items(session)
        begun = ReminderRow(
            item_id=item.id, person_id="yusuf", occasion="2026-12-05:before-7", state="sending", attempts=1, at=HELD
        )
        session.add(begun)
    async with post_office() as office:
        desk = Desk(sessions, plain(office))
        assert [await desk.remind(timedelta(hours=1)) for _ in range(3)] == [0, 0, 0]
        assert await desk.states() == [("yusuf", "unsure", 1)]
        assert await desk.remind(timedelta(days=6)) == 1


async def test_without_a_mail_server_all_wait(sessions: Sessions) -> None:
    await signed(sessions, follow_up(offices=("kaltara",)))
    await person(sessions, "yusuf", "kaltara", "yusuf@kpu.example")
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    desk = Desk(sessions, plain(PostOffice(port)))
    assert [await desk.remind(), await desk.states()] == [0, []]
    async with post_office() as office:
        desk.post = plain(office)
        assert await desk.remind() == 1


@pytest.mark.parametrize("scheme", ["starttls", "smtps"])
async def test_letters_go_over_tls_with_a_password(sessions: Sessions, tmp_path: Path, scheme: str) -> None:
    server, trusting = certificate(tmp_path)
    await signed(sessions, follow_up(offices=("kaltara",)))
    await person(sessions, "yusuf", "kaltara", "yusuf@kpu.example")
    async with post_office(server, at_once=scheme == "smtps") as office:

        def desk(secret: str, context: ssl.SSLContext | None) -> Desk:
            url = f"{scheme}://{USER}:{quote(secret, safe='')}@127.0.0.1:{office.port}"
            return Desk(sessions, Post(Relay.of(url), SENDER, "https://rakor.example", context))

        for wrong in (desk(SECRET, None), desk("salah", trusting)):  # not trusted, not known
            assert [await wrong.remind(), await wrong.states()] == [0, []]
        assert await desk(SECRET, trusting).remind() == 1
    assert office.secured == [True]


async def test_a_server_without_tls_gets_no_password() -> None:
    async with post_office() as office:
        relay = Relay.of(f"starttls://{USER}:rahasia@127.0.0.1:{office.port}")
        with pytest.raises(NoRelay) as refused:
            await asyncio.to_thread(Carrier(relay, SENDER).open)
    assert "rahasia" not in str(refused.value)


def test_a_letter_tells_the_most_pressing_first_and_no_more_than_is_read() -> None:
    text = "Susun daftar\ninventaris masalah."
    due = [Due(f"i{n:02}", "x", text, "Rakor sengketa", date(2026, 12, 5), 7 - n) for n in range(30)]
    letter = write("a@kpu.example", "Yusuf", "KPU Kaltara", due, "https://rakor.example")
    assert letter.subject == "[Rakor] Tindak lanjut: 22 butir terlambat dan 8 butir mendekati tenggat"
    assert letter.text.splitlines()[4:8] == [
        "1. Susun daftar inventaris masalah.",
        "   Tenggat: 5 Desember 2026 (terlambat 22 hari)",
        "   Rapat: Rakor sengketa",
        "   https://rakor.example/tindak-lanjut/i29",
    ]
    assert "… dan 5 butir lain di https://rakor.example/tindak-lanjut" in letter.text
    assert write("a@kpu.example", "Yusuf", "KPU Kaltara", due[::-1], "https://rakor.example").id == letter.id


Make = Callable[..., Settings]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"smtp_url": "mail.example", "mail_from": SENDER, "public_url": "https://r"}, "RAKOR_SMTP_URL: smtp://"),
        ({"smtp_url": "smtp://a:b@mail.example", "mail_from": SENDER, "public_url": "https://r"}, "a password goes"),
        ({"smtp_url": "smtp://mail.example", "mail_from": "", "public_url": "https://r"}, "RAKOR_MAIL_FROM"),
        ({"smtp_url": "smtp://mail.example", "mail_from": SENDER}, "RAKOR_PUBLIC_URL"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(given: dict[str, str], what: str) -> None:
    with pytest.raises(ValidationError, match=what):
        Settings(**given)  # type: ignore[arg-type]


def test_by_default_nothing_is_sent() -> None:
    assert Settings().post is None
    given = Settings(smtp_url="smtps://a:b%2Fc@mail.example", mail_from=SENDER, public_url="https://r/")
    assert given.post == Post(Relay("mail.example", 465, "tls", "a", "b/c"), SENDER, "https://r")
