"""Who is where: told when it changes, gathered, and four times a second at most."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from server.editing.messages import At, Changed, Present
from server.editing.presence import PAUSE_S, Presence


def at(line: str | None, editing: bool = False) -> At:
    return At(type="at", line=line, editing=editing)


def people(told: list[Present | Changed]) -> list[tuple[str, str | None, bool]]:
    (present,) = (each for each in told if isinstance(each, Present))
    return [(each.name, each.line, each.editing) for each in present.people]


def test_everybody_is_told_at_once_and_then_after_a_pause() -> None:
    presence = Presence()
    assert presence.wait(0.0) is None
    presence.join("w1", "p1", "Dewi")
    assert presence.wait(0.0) == 0.0
    assert people(presence.tell(0.0)) == [("Dewi", None, False)]
    presence.join("w2", "p2", "Agus")
    presence.move("w1", at("a", True))
    assert presence.wait(0.1) == PAUSE_S - 0.1
    assert people(presence.tell(PAUSE_S)) == [("Agus", None, False), ("Dewi", "a", True)]
    assert presence.wait(9.0) is None


def test_who_stays_is_no_news_and_who_goes_is() -> None:
    presence = Presence()
    presence.join("w1", "p1", "Dewi")
    presence.join("w2", "p2", "Agus")
    presence.move("w1", at("a"))
    presence.tell(0.0)
    presence.move("w1", at("a"))
    presence.move("gone", at("b"))
    assert presence.wait(1.0) is None
    presence.leave("w1")
    assert people(presence.tell(1.0)) == [("Agus", None, False)]
    presence.leave("w1")
    assert presence.wait(9.0) is None


def test_a_person_with_two_windows_is_where_they_moved_last() -> None:
    presence = Presence()
    presence.join("w1", "p1", "Dewi")
    presence.join("w2", "p1", "Dewi")
    presence.move("w1", at("a", True))
    assert people(presence.tell(0.0)) == [("Dewi", "a", True)]
    presence.move("w2", at("b"))
    assert people(presence.tell(1.0)) == [("Dewi", "b", False)]
    presence.leave("w2")
    assert people(presence.tell(2.0)) == [("Dewi", "a", True)]


def test_of_many_changes_the_newest_is_told() -> None:
    presence = Presence()
    for change in (3, 5, 4):
        presence.changed(change)
    assert presence.tell(0.0) == [Changed(change=5)]
    presence.changed(4)
    assert presence.tell(1.0) == [Changed(change=4)]


WINDOWS = st.sampled_from(["w1", "w2", "w3"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "leave", "move", "change"]), WINDOWS, st.floats(0, 0.3)), max_size=60
)


@given(STEPS)
def test_whoever_listens_knows_in_the_end_and_is_not_told_too_often(steps: list[tuple[str, str, float]]) -> None:
    presence, now, told_at = Presence(), 0.0, []
    shown, newest = presence.present(), 0
    for number, (kind, window, pause) in enumerate([*steps, ("nothing", "", 1.0)]):
        if (wait := presence.wait(now)) is not None and wait <= pause:
            for message in presence.tell(now + wait):
                shown, newest = (message, newest) if isinstance(message, Present) else (shown, message.change)
            told_at.append(now + wait)
        now += pause
        if kind == "join":
            presence.join(window, f"p-{window}", window)
        elif kind == "leave":
            presence.leave(window)
        elif kind == "move":
            presence.move(window, at(f"l{number % 3}"))
        elif kind == "change":
            presence.changed(number + 1)
    assert shown == presence.present()
    assert newest == max((number + 1 for number, step in enumerate(steps) if step[0] == "change"), default=0)
    assert all(later - earlier >= PAUSE_S - 1e-9 for earlier, later in pairwise(told_at))
