"""Who is at which line of a meeting and who edits it, and when pages are told. PURE.

A person with two windows is where they moved last. Moves are gathered: pages are told four times a second at most.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from server.editing.messages import At, Changed, Present, Somebody

PAUSE_S = 0.25
Told = list[Present | Changed]


@dataclass(slots=True)
class _Window:
    person: str
    name: str
    line: str | None = None
    editing: bool = False
    moved: int = 0


@dataclass(slots=True)
class Presence:
    """Of one meeting. `now`: seconds on a clock that only goes forward."""

    windows: dict[str, _Window] = field(default_factory=dict)
    _moves: int = 0
    _moved: bool = False
    _change: int | None = None
    _told_at: float = float("-inf")

    def join(self, window: str, person: str, name: str) -> None:
        self.windows[window] = _Window(person, name)
        self._move(self.windows[window])

    def move(self, window: str, at: At) -> None:
        """Nothing, where the window is there already or gone."""
        here = self.windows.get(window)
        if here is not None and (here.line, here.editing) != (at.line, at.editing):
            here.line, here.editing = at.line, at.editing
            self._move(here)

    def leave(self, window: str) -> None:
        """Idempotent."""
        if self.windows.pop(window, None) is not None:
            self._moved = True

    def changed(self, change: int) -> None:
        self._change = max(change, self._change or 0)

    def wait(self, now: float) -> float | None:
        """Seconds until there is something to tell; None: there is nothing."""
        if not self._moved and self._change is None:
            return None
        return max(0.0, self._told_at + PAUSE_S - now)

    def tell(self, now: float) -> Told:
        """What everybody is told now."""
        told: Told = [self.present()] if self._moved else []
        if self._change is not None:
            told.append(Changed(change=self._change))
        self._moved, self._change, self._told_at = False, None, now
        return told

    def present(self) -> Present:
        last = {window.person: window for window in sorted(self.windows.values(), key=lambda window: window.moved)}
        people = [Somebody(id=id, name=at.name, line=at.line, editing=at.editing) for id, at in last.items()]
        return Present(people=sorted(people, key=lambda person: (person.name, person.id)))

    def _move(self, window: _Window) -> None:
        self._moves += 1
        window.moved, self._moved = self._moves, True
