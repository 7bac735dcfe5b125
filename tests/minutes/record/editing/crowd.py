"""Several editors at one transcript, each with what they last saw, over lines that lose questions and answers.

Beside them a recogniser adds lines and hears others again. Whatever happens is drawn beforehand: `Turn`s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.record import lines, revision, tracks
from minutes.record.editing import states
from minutes.record.editing.desk import Asked, Done
from minutes.record.editing.edits import (
    Check,
    Edit,
    Inaudible,
    Merge,
    Name,
    Redact,
    Replace,
    Retext,
    Split,
    Undo,
    Wanted,
)
from minutes.record.editing.states import State
from minutes.record.errors import LineChanged, RecordError
from minutes.record.models import Line
from tests.minutes.record.editing.table import INDEX, MEETING, Table, said

EDITORS = 4
VOCABULARY = ("rapat", "senketa", "pedoman", "kami", "Pasal 5", "KPU", "taknis", "usul", "segera", "Bawaslu")
NAMES = (("Maria Tandilangi", "Anggota"), ("Sari Wibowo", "Kasubbag"))
KINDS = ("text", "split", "merge", "speaker", "inaudible", "redact", "check", "replace", "undo")
WORK = (*KINDS, "text", "check", "merge", "undo", "look", "again", "hear", "hear again", "follow")
ARRIVES, ANSWER_LOST, NEVER_SENT = range(3)


class Turn(NamedTuple):
    """`which` and `where` are taken modulo what there is. `fate`: of the question on its way."""

    what: str
    editor: int
    which: int
    where: int
    fate: int


@dataclass
class Editor:
    """What a page knows: lines as it last saw them, and what it has had no answer to."""

    seen: dict[str, Line] = field(default_factory=dict)
    unanswered: list[Asked] = field(default_factory=list)


@dataclass
class Crowd:
    table: Table
    editors: list[Editor] = field(default_factory=lambda: [Editor() for _ in range(EDITORS)])
    accepted: dict[str, Edit] = field(default_factory=dict)
    machine: dict[str, State] = field(default_factory=dict)
    """Lines as a recogniser left them last."""
    follower: dict[str, Line] = field(default_factory=dict)
    """A page that only ever asks for what has changed."""
    followed: int = 0
    until: float = 0.0

    async def play(self, turns: Sequence[Turn]) -> None:
        await self.hear(0)
        for turn in turns:
            editor = self.editors[turn.editor % EDITORS]
            match turn.what:
                case "look":
                    editor.seen = await self.table.lines()
                case "again":
                    await self.again(editor, turn)
                case "hear":
                    await self.hear(turn.which)
                case "hear again":
                    await self.hear_again(turn.which)
                case "follow":
                    await self.follow()
                case _:
                    await self.edit(editor, turn)
        for editor in self.editors:
            while editor.unanswered:
                await self.send(editor, editor.unanswered.pop(0), ARRIVES)
        await self.follow()

    async def hear(self, which: int) -> None:
        """Two lines of a seat, a few seconds further on."""
        spoken = [said(self.until + 1.0 + 4 * at, _words(which + 3 * at, 2 + which % 4)) for at in range(2)]
        self.until += 9.0
        for line in await self.table.hear(self.until, *spoken, track=f"t{1 + which % 2}"):
            self.machine[line.id] = states.of(line)

    async def hear_again(self, which: int) -> None:
        track = f"t{1 + which % 2}"
        async with self.table.sessions.begin() as session:
            token = (await tracks.take_lease(session, track)).token
            since = (await tracks.get_track(session, track)).revised_until
            heard = [said(since + 1.2 + 3 * at, _words(which + at, 3)) for at in range(1 + which % 3)]
            now = await revision.revise(session, track, token, since + 9.0, heard, INDEX)
        self.machine |= {line.id: states.of(line) for line in now}

    async def edit(self, editor: Editor, turn: Turn) -> None:
        edit = self.wanted(editor, turn)
        if edit is not None:
            await self.send(editor, self.table.asked(edit), turn.fate)

    async def again(self, editor: Editor, turn: Turn) -> None:
        if editor.unanswered:
            await self.send(editor, editor.unanswered.pop(turn.which % len(editor.unanswered)), turn.fate)

    async def send(self, editor: Editor, asked: Asked, fate: int) -> None:
        done: Done | None = None
        if fate != NEVER_SENT:
            try:
                done = await self.table.ask(asked)
                self.accepted[asked.id] = asked.edit
            except LineChanged as changed:
                if fate == ARRIVES:  # with the line as it stands: the page shows both
                    await self.look_at(editor, changed.line)
                    return
            except RecordError:
                if fate == ARRIVES:
                    return
        if fate == ARRIVES and done is not None:
            editor.seen |= {line.id: line for line in (*done.lines, *done.conflicts)}
            for id in done.gone:
                editor.seen.pop(id, None)
        else:
            editor.unanswered.append(asked)

    async def look_at(self, editor: Editor, id: str) -> None:
        current = (await self.table.lines()).get(id)
        editor.seen.pop(id, None)
        if current is not None:
            editor.seen[id] = current

    async def follow(self) -> None:
        async with self.table.sessions() as session:
            news = await lines.transcript(session, MEETING, None, 10_000, since=self.followed)
        for id in news.gone:
            self.follower.pop(id, None)
        self.follower |= {line.id: line for line in news.lines}
        self.followed = news.change

    def wanted(self, editor: Editor, turn: Turn) -> Edit | None:
        """What an editor does about what they see."""
        if turn.what == "undo":
            return Undo(list(self.accepted)[turn.which % len(self.accepted)]) if self.accepted else None
        if not editor.seen:
            return None
        seen = sorted(editor.seen.values(), key=lambda line: (line.start, line.number or 0))
        line = seen[turn.which % len(seen)]
        start = turn.where % (len(line.text) + 1)
        end = start + 1 + turn.where % 9
        match turn.what:
            case "text":
                return Retext(line.id, line.version, _retyped(line.text, turn.where))
            case "split":
                return Split(line.id, line.version, start)
            case "merge":
                behind = [each for each in seen if each.seat_id == line.seat_id and each.start > line.start]
                return Merge(line.id, line.version, behind[0].id, behind[0].version) if behind else None
            case "speaker":
                return Name(line.id, line.version, *NAMES[turn.where % len(NAMES)])
            case "inaudible":
                return Inaudible(line.id, line.version, start, end)
            case "redact":
                return Redact(line.id, line.version, start, end, "sebab")
            case "check":
                return Check(line.id, line.version, start, end)
            case _:
                find, put = VOCABULARY[turn.where % 10], VOCABULARY[turn.which % 10]
                return Replace(Wanted(find, False, True), put, tuple((each.id, each.version) for each in seen[:12]))


def _words(which: int, count: int) -> str:
    return " ".join(VOCABULARY[(which * 7 + at * 3) % len(VOCABULARY)] for at in range(count))


def _retyped(text: str, where: int) -> str:
    """A word more, a word less, another word, or all of it anew."""
    words = text.split()
    at = where % len(words)
    match where % 5:
        case 0:
            words[at] = VOCABULARY[where % 10]
        case 1:
            words.insert(at, VOCABULARY[where % 10])
        case 2 if len(words) > 1:
            del words[at]
        case 3:
            words[at] = words[at].capitalize() + ","
        case _:
            words = [*(word for word in words if word == "[dihitamkan]"), *_words(where, 3).split()]
    return " ".join(words)
