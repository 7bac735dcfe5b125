"""Who is heard and seen: the floor always, whoever speaks, what was pinned, then as a page shows them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.ports import Mode, SlotPlan, Wish
from media.slots import SAVING_CAMERAS, Fills, Scene, Voice, allocate, empty, gather

ALL = Wish()


def voice(peer: str, heard: float = 0.0, *, speaking: bool = False) -> Voice:
    return Voice(peer, speaking, heard)


def scene(
    *voices: Voice, cameras: str = "", dominant: str | None = None, floor: str = "", screen: str | None = None
) -> Scene:
    """Peers have names of one letter."""
    return Scene(voices, tuple(cameras), dominant, screen, screen, frozenset(floor))


def fills(voices: str, cameras: str) -> Fills:
    """`-` is an empty slot."""
    return Fills(tuple(map(_held, voices)), tuple(map(_held, cameras)))


def _held(letter: str) -> str | None:
    return None if letter == "-" else letter


def text(held: tuple[str | None, ...]) -> str:
    return "".join(each or "-" for each in held)


# --- voices ---


def test_whoever_speaks_takes_the_place_of_the_longest_silent() -> None:
    before = fills("ab-", "---")
    now = scene(voice("a", 5.0), voice("b", 3.0), voice("c", 9.0, speaking=True), voice("d", 8.0, speaking=True))
    assert text(allocate(before, now, "z", ALL).voices) == "acd"


def test_who_goes_on_speaking_keeps_the_slot() -> None:
    before = fills("abc", "---")
    now = scene(*(voice(each, 9.0, speaking=True) for each in "defabc"))
    assert text(allocate(before, now, "z", ALL).voices) == "abc"


def test_the_dominant_voice_is_heard_though_all_slots_speak() -> None:
    before = fills("abc", "---")
    now = scene(*(voice(each, 9.0, speaking=True) for each in "abcd"), dominant="d")
    assert "d" in text(allocate(before, now, "z", ALL).voices)


def test_the_floor_is_heard_before_anybody_else() -> None:
    before = fills("abc", "---")
    loud = [voice(each, 9.0, speaking=True) for each in "abcd"]
    now = scene(*loud, voice("f", float("-inf")), voice("g", float("-inf")), dominant="d", floor="fg")
    assert set(text(allocate(before, now, "z", ALL).voices)) == {"f", "g", "d"}


def test_nobody_gets_their_own_voice_or_picture() -> None:
    now = scene(voice("a", 9.0, speaking=True), cameras="a", dominant="a", floor="a", screen="a")
    assert allocate(empty(SlotPlan(3, 3)), now, "a", ALL) == empty(SlotPlan(3, 3))
    assert allocate(empty(SlotPlan(3, 3)), now, "z", ALL) == Fills(("a", None, None), ("a", None, None), "a", "a")


def test_enough_voices_are_gathered_for_everybody() -> None:
    """All who speak or hold the floor, and so many of the rest that whoever is left out gets none anywhere."""
    everybody = [voice(chr(97 + n), n, speaking=n % 5 == 0) for n in range(20)]
    found = [each.peer for each in gather(everybody, frozenset("bd"), 3)]
    assert found == ["d", "b", "p", "k", "f", "a", "t"]
    assert len(gather([voice(chr(97 + n), n, speaking=True) for n in range(20)], frozenset(), 3)) == 20


# --- cameras ---


def test_voice_and_picture_share_a_place() -> None:
    now = scene(voice("a", 9.0, speaking=True), voice("b", 8.0), cameras="cdba")
    found = allocate(fills("ba-", "-----"), now, "z", ALL)
    assert (text(found.voices), text(found.cameras)) == ("ba-", "ba-cd")


def test_places_beside_voices_without_a_camera_are_filled_last() -> None:
    now = scene(voice("a", 9.0, speaking=True), voice("b", 8.0), cameras="cdefg")
    assert text(allocate(fills("ba-", "-----"), now, "z", ALL).cameras) == "efgcd"


def test_who_stays_keeps_the_place() -> None:
    now = scene(voice("a", 9.0, speaking=True), voice("b", 8.0), cameras="cdefg")
    before = fills("ba-", "gecfd")
    assert text(allocate(before, now, "z", ALL).cameras) == "gecfd"
    assert text(allocate(before, now, "z", Wish(pinned=("c", "f"))).cameras) == "gecfd"


def test_a_voice_that_switches_its_camera_on_takes_its_place_from_whoever_is_there() -> None:
    now = scene(voice("b", 9.0, speaking=True), cameras="cdeb")
    assert text(allocate(fills("b--", "cde--"), now, "z", ALL).cameras) == "bdec-"


def test_pinned_ones_come_first_then_as_the_page_shows_them() -> None:
    now = scene(cameras="abcdefgh")
    wish = Wish(pinned=("h",), shown=(("g", 300), ("c", 200), ("a", 0), ("e", 100), ("f", 90)))
    found = allocate(fills("", "----"), now, "z", wish)
    assert text(found.cameras) == "hgce"


def test_what_is_hidden_makes_room() -> None:
    now = scene(cameras="abcdef")
    before = fills("", "abcd")
    wish = Wish(shown=(("c", 200), ("e", 100), ("a", 0)))
    assert text(allocate(before, now, "z", wish).cameras) == "e-c-"
    assert text(allocate(before, now, "z", Wish(shown=())).cameras) == "----"


@pytest.mark.parametrize(("before", "wish", "expected"), [("--", ALL, "ba"), ("cd", ALL, "bc"), ("cd", "hide", "ab")])
def test_with_fewer_cameras_than_voices_the_dominant_one_comes_first(
    before: str, wish: Wish | str, expected: str
) -> None:
    now = scene(voice("a", 8.0), voice("b", 9.0, speaking=True), voice("c", 1.0), cameras="abcd", dominant="b")
    shown = Wish(shown=(("b", 200), ("a", 200))) if wish == "hide" else ALL
    assert set(text(allocate(fills("abc", before), now, "z", shown).cameras)) == set(expected)


def test_with_fewer_cameras_than_voices_pinned_ones_stay() -> None:
    now = scene(voice("a", 8.0), voice("b", 9.0, speaking=True), cameras="abcd", dominant="b")
    assert text(allocate(fills("ab-", "dc"), now, "z", Wish(pinned=("c",))).cameras) == "bc"


# --- modes ---


def test_modes_take_pictures_away_and_never_voices() -> None:
    now = scene(voice("a", 9.0, speaking=True), cameras="abcdefgh", dominant="a", screen="b")
    before = empty(SlotPlan(2, 8))
    full, saving, audio = (allocate(before, now, "z", Wish(mode)) for mode in (Mode.FULL, Mode.SAVING, Mode.AUDIO))
    assert full.voices == saving.voices == audio.voices == ("a", None)
    assert full.screen_audio == saving.screen_audio == audio.screen_audio == "b"
    assert (full.screen, saving.screen, audio.screen) == ("b", "b", None)
    counts = [sum(each is not None for each in found.cameras) for found in (full, saving, audio)]
    assert counts == [8, SAVING_CAMERAS, 0]


# --- always ---

names = st.sampled_from("abcdefghij")
voices = st.builds(Voice, names, st.booleans(), st.floats(-10, 100) | st.just(float("-inf")))
scenes = st.builds(
    Scene,
    st.lists(voices, max_size=8, unique_by=lambda each: each.peer).map(tuple),
    st.lists(names, max_size=10, unique=True).map(tuple),
    st.none() | names,
    st.none() | names,
    st.none() | names,
    st.frozensets(names, max_size=2),
)
wishes = st.builds(
    Wish,
    st.sampled_from(Mode),
    st.lists(names, max_size=3, unique=True).map(tuple),
    st.none() | st.lists(st.tuples(names, st.sampled_from([0, 90, 540])), max_size=8).map(tuple),
)
plans = st.builds(SlotPlan, st.integers(0, 4), st.integers(0, 6))


@given(plans, st.lists(st.tuples(scenes, wishes), min_size=1, max_size=5), names)
def test_every_filling_keeps_the_rules(plan: SlotPlan, play: list[tuple[Scene, Wish]], receiver: str) -> None:
    found = [empty(plan)]
    for now, wish in play:
        found.append(allocate(found[-1], now, receiver, wish))
        held, heard = found[-1], [voice.peer for voice in now.voices if voice.peer != receiver]
        for slots in (held.voices, held.cameras):
            present = [peer for peer in slots if peer is not None]
            assert len(set(present)) == len(present)
            assert receiver not in present
        assert (len(held.voices), len(held.cameras)) == (plan.voices, plan.cameras)
        assert receiver not in (held.screen, held.screen_audio)
        assert set(held.voices) - {None} <= set(heard)
        assert set(held.cameras) - {None} <= set(now.cameras)
        floor = [peer for peer in heard if peer in now.floor]
        assert set(floor) <= set(held.voices) or len(floor) > plan.voices
        if wish.shown is not None and wish.mode is not Mode.AUDIO:
            shown = {peer for peer, height in wish.shown if height}
            assert set(held.cameras) - {None} <= shown | set(wish.pinned) | set(held.voices)


@given(plans, st.lists(st.tuples(scenes, wishes), min_size=2, max_size=5), names)
def test_nobody_moves_who_need_not(plan: SlotPlan, play: list[tuple[Scene, Wish]], receiver: str) -> None:
    """From one place to another only for the sake of one's own voice, or to make room for another's."""
    found = [empty(plan)]
    for now, wish in play:
        found.append(allocate(found[-1], now, receiver, wish))
    for (before, after), (now, _) in zip(pairwise(found), play, strict=True):
        for slots in ("voices", "cameras"):
            held: tuple[str | None, ...] = getattr(after, slots)
            for place, peer in enumerate(getattr(before, slots)):
                if peer is None or peer not in held or held[place] == peer:
                    continue
                assert slots == "cameras"
                beside = after.voices[: plan.cameras] if plan.cameras >= plan.voices else ()
                taker = beside[place] if place < len(beside) else None
                assert peer in beside or (taker is not None and taker in now.cameras)


@given(plans, st.lists(st.tuples(scenes, wishes), min_size=1, max_size=4), names)
def test_whom_it_does_not_concern_gets_what_any_stranger_gets(
    plan: SlotPlan, play: list[tuple[Scene, Wish]], receiver: str
) -> None:
    """On this rests that one allocation serves hundreds."""
    before = empty(plan)
    for now, wish in play:
        strangers = allocate(before, now, None, wish)
        own = allocate(before, now, receiver, wish)
        assert strangers.holds(receiver) or own == strangers
        before = own


@given(plans, scenes, wishes, names)
def test_allocating_twice_changes_nothing(plan: SlotPlan, now: Scene, wish: Wish, receiver: str) -> None:
    once = allocate(empty(plan), now, receiver, wish)
    assert allocate(once, now, receiver, wish) == once
