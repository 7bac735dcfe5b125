"""From who speaks to whose slots hold what: everybody's turn comes, and hundreds cost little more than one."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from itertools import chain, repeat
from types import FrameType

import pytest

from media import slots
from media.ports import Kind, SlotPlan, SlotsChanged, SpeakersChanged, VoiceUse, Wish
from media.staging import AT_ONCE, GATHER_S, MOST_KNOWN
from tests.media.house import Guest, House

OFFICES = 552


def calls_of(function: Callable[..., object], run: Callable[[], None]) -> int:
    """How often `run` calls it."""
    code, count = function.__code__, 0

    def see(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code is code

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def talk(house: House, *guests: Guest, times: int = 3) -> None:
    for _ in range(times):
        for each in guests:
            each.speak()
        house.tick()


def test_a_voice_comes_into_the_slots_of_all_others_with_what_was_said_before() -> None:
    house = House()
    maria, wulan, budi = (house.join(name) for name in ("maria", "wulan", "budi"))
    talk(house, maria)
    assert [each.slots(Kind.MIC) for each in (maria, wulan, budi)] == [[None, None], ["maria", None], ["maria", None]]
    assert house.heard(SpeakersChanged)[-1] == SpeakersChanged("room", ("maria",), "maria")
    voices = {slot.ssrc for each in (wulan, budi) for slot in each.peer.delivery.slots.values() if slot.track}
    assert [packet.index for ssrc, packet in house.engine.sent if ssrc == min(voices)] == [1, 2, 3]
    assert len(voices) == 2


def test_speaking_on_changes_nothing() -> None:
    house = House()
    maria, _ = house.join("maria"), house.join("wulan")
    talk(house, maria)
    house.events.clear()
    assert calls_of(slots.allocate, lambda: talk(house, maria, times=50)) == 0
    assert house.events == []


def test_whoever_holds_the_floor_is_heard_though_others_are_louder() -> None:
    house = House()
    others = [house.join(name) for name in ("budi", "citra", "dewi")]
    quiet, guest = house.join("quiet"), house.join("guest")
    quiet.speak(127)
    talk(house, *others)
    assert "quiet" not in guest.slots(Kind.MIC)
    house.room.floor(["quiet"])
    talk(house, *others)
    assert guest.slots(Kind.MIC)[0] == "quiet" or guest.slots(Kind.MIC)[1] == "quiet"
    house.room.floor([])
    talk(house, *others)
    assert "quiet" not in guest.slots(Kind.MIC)


def silence(house: House, guest: Guest) -> int:
    """A packet's time in which none comes; its number."""
    number = guest.lose()
    house.tick()
    return number


def test_a_barred_voice_is_nobodys_to_hear_or_keep() -> None:
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    talk(house, maria)
    assert wulan.slots(Kind.MIC)[0] == "maria"
    house.room.voice("maria", VoiceUse.BARRED, house.now)
    before, sent = len(house.kept["maria"]), len(house.engine.sent)
    silence(house, maria)
    talk(house, maria, times=10)
    assert "maria" not in wulan.slots(Kind.MIC)
    assert (len(house.kept["maria"]), len(house.engine.sent)) == (before, sent)
    assert house.heard(SpeakersChanged)[-1] == SpeakersChanged("room", (), None)
    house.room.voice("maria", VoiceUse.KEPT, house.now)
    silence(house, maria)
    talk(house, maria)
    assert wulan.slots(Kind.MIC)[0] == "maria"
    assert len(house.kept["maria"]) == before + 3


def test_a_voice_off_the_record_is_heard_and_not_kept() -> None:
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    house.room.voice("maria", VoiceUse.HEARD, house.now)
    talk(house, maria)
    assert wulan.slots(Kind.MIC)[0] == "maria"
    assert house.kept["maria"] == []
    maria.ssrcs[Kind.MIC] = 1_001  # a microphone that begins anew is no other person's
    maria.counts.clear()
    talk(house, maria)
    assert house.kept["maria"] == []
    house.room.voice("maria", VoiceUse.KEPT, house.now)
    silence(house, maria)
    talk(house, maria)
    assert len(house.kept["maria"]) == 3


def test_what_was_said_off_the_record_and_comes_again_later_is_not_kept() -> None:
    house = House()
    maria = house.join("maria")
    talk(house, maria)
    house.room.voice("maria", VoiceUse.HEARD, house.now)
    lost = silence(house, maria)
    talk(house, maria)
    house.room.voice("maria", VoiceUse.KEPT, house.now)
    silence(house, maria)
    maria.say_again(lost)
    assert len(house.kept["maria"]) == 3
    talk(house, maria)
    assert len(house.kept["maria"]) == 6


def test_what_is_said_of_one_who_left_holds_for_nobody_else() -> None:
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    house.room.voice("maria", VoiceUse.BARRED, house.now)
    house.leave(maria)
    house.room.voice("maria", VoiceUse.BARRED, house.now)
    again = house.join("maria")
    talk(house, again)
    assert wulan.slots(Kind.MIC)[0] == "maria"
    assert len(house.kept["maria"]) == 3


def test_a_shared_screen_comes_with_its_sound() -> None:
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    house.room.sends("maria", [Kind.SCREEN])
    for _ in range(3):
        maria.film([0, 1], kind=Kind.SCREEN)
        maria.play()
        house.tick()
    assert (wulan.slots(Kind.SCREEN), wulan.slots(Kind.SCREEN_AUDIO)) == (["maria"], ["maria"])
    assert (maria.slots(Kind.SCREEN), maria.slots(Kind.SCREEN_AUDIO)) == ([None], [None])
    house.room.sends("maria", [])
    house.tick()
    assert (wulan.slots(Kind.SCREEN), wulan.slots(Kind.SCREEN_AUDIO)) == ([None], [None])


def test_who_shares_last_is_shown() -> None:
    house = House()
    maria, wulan, guest = (house.join(name) for name in ("maria", "wulan", "guest"))
    for each in (maria, wulan):
        each.film([0, 1], kind=Kind.SCREEN)
        house.tick(2)
    assert guest.slots(Kind.SCREEN) == ["wulan"]
    house.leave(wulan)
    maria.film([0, 1], kind=Kind.SCREEN)
    house.tick(2)
    assert guest.slots(Kind.SCREEN) == ["maria"]


def test_a_microphone_that_begins_anew_is_heard_though_nothing_else_has_changed() -> None:
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    talk(house, maria)
    house.tick(100)  # a silence: nobody's turn to be looked at comes by itself
    maria.ssrcs[Kind.MIC] = 1_001
    maria.counts.clear()
    house.engine.sent.clear()
    maria.speak(127)
    house.tick()
    maria.speak(127)
    assert wulan.slots(Kind.MIC)[0] == "maria"
    assert [packet.index for _, packet in house.engine.sent] == [1, 2]


def test_one_who_comes_back_under_the_same_name_before_anybody_noticed_is_seen() -> None:
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    house.room.sends("maria", [Kind.CAMERA])
    maria.film([0])
    talk(house, maria)
    house.leave(maria)
    again = house.join("maria")
    house.room.sends("maria", [Kind.CAMERA])
    again.film([0])
    again.speak(127)
    house.tick()
    held = list(wulan.peer.delivery.sources.values())
    assert held == [again.source(Kind.MIC), again.source(Kind.CAMERA)]


def test_word_of_one_who_has_left_is_not_taken_for_another_of_that_name() -> None:
    house = House()
    former = house.invite("maria")
    house.room.remove(former)
    house.invite("maria")
    house.room.connected(former)
    house.room.judged(former, house.now)
    assert house.events == []
    assert not house.seat("maria").connected


def test_who_is_not_connected_gets_nothing_and_costs_nobody_a_key_frame() -> None:
    house = House()
    maria = house.join("maria")
    house.invite("ghost")
    for _ in range(150):
        maria.film([0], keyframe=False)
        house.tick()
    assert house.seat("ghost").peer.delivery.sources == {}
    assert not any(data[:2] == b"\x81\xce" for data in maria.received())


def test_a_turn_comes_for_everybody_however_often_the_room_changes() -> None:
    """A change starts the round anew for all; who was still waiting comes first."""
    house = House(SlotPlan(1, 0))
    first, *speakers = [house.join(name) for name in "abc"]
    guests = [house.join(f"g{number}") for number in range(5 * AT_ONCE)]
    talk(house, first)
    house.events.clear()
    for round_ in range(12):
        for _ in range(40):
            speakers[round_ % 2].speak()
            house.now += 0.02
            house.room.tick(house.now, house.now)
        once = iter([0.0, 1.0])
        house.room.work(0.5, lambda once=once: next(once, 1.0))  # type: ignore[misc]  # one share, then time is up
    served = {each.peer for each in house.heard(SlotsChanged)}
    assert {guest.name for guest in guests} <= served


def test_a_wish_is_looked_at_without_a_change_of_the_room() -> None:
    house = House(SlotPlan(1, 2))
    guests = [house.join(name) for name in "abcd"]
    for each in guests[:3]:
        each.film([0])
    house.tick(2)
    assert guests[3].slots(Kind.CAMERA) == [None, "a"] or guests[3].slots(Kind.CAMERA) == ["b", "a"]
    house.room.wish("d", Wish(shown=(("c", 200),)))
    house.room.wish("nobody", Wish())
    house.tick()
    assert set(guests[3].slots(Kind.CAMERA)) == {"c", None}
    wish = Wish(shown=(("c", 200),))
    assert calls_of(slots.allocate, lambda: house.room.wish("d", wish) or house.tick()) == 0  # type: ignore[func-returns-value]


def test_pages_that_never_stop_moving_do_not_fill_the_memory() -> None:
    house = House(SlotPlan(1, 1))
    maria, _ = house.join("maria"), house.join("wulan")
    maria.film([0])
    house.tick(2)
    for number in range(MOST_KNOWN + 50):
        house.room.wish("wulan", Wish(shown=((f"p{number}", 100),)))
        house.work()
    assert len(house.room._staging._known) <= MOST_KNOWN


@pytest.fixture(scope="module")
def hall() -> House:
    """All offices, thirty cameras on; nobody has spoken for a while."""
    house = House(SlotPlan())
    for number in range(OFFICES):
        guest = house.join(f"p{number}")
        guest.speak(127)
        if number < 30:
            guest.film([0])
            house.room.sends(guest.name, [Kind.CAMERA])
    house.tick(2)
    for number in (0, 1):
        talk(house, Guest(house, house.seat(f"p{number}").peer))
    return house


def test_a_change_of_speaker_costs_a_few_allocations_for_552_offices(hall: House) -> None:
    """Those that are shown somewhere get one of their own, all others share."""
    for number in (300, 200, 400):
        hall.now += 1.0
        hall.tick()  # whoever spoke before has fallen silent
        hall.events.clear()
        speaker = Guest(hall, hall.seat(f"p{number}").peer)
        speaker.counts[Kind.MIC, 0] = 50
        assert calls_of(slots.allocate, lambda speaker=speaker: talk(hall, speaker)) <= 40  # type: ignore[misc]
        changed = {each.peer for each in hall.heard(SlotsChanged)}
        assert len(changed) == OFFICES - 1


def test_a_newcomer_who_is_neither_heard_nor_seen_costs_nothing(hall: House) -> None:
    guest = hall.join("late")
    hall.tick(2)
    hall.events.clear()
    guest.speak(127)
    assert calls_of(slots.allocate, hall.tick) == 0
    assert hall.heard(SlotsChanged) == []


def test_nothing_of_one_who_has_left_stays() -> None:
    """Neither its connection nor its keys, to which loops in C hold bare pointers, nor its packets."""
    house = House()
    maria, wulan = house.join("maria"), house.join("wulan")
    for _ in range(5):
        maria.film([0])
        wulan.film([0])
        talk(house, maria, wulan, times=1)
    lanes = [slot.lane for slot in maria.peer.delivery.slots.values()]
    assert maria.peer.srtp is not None
    kept = [weakref.ref(each) for each in (maria.peer, maria.peer.srtp, maria.source(Kind.CAMERA))]
    fans = [track.fan for track in wulan.peer.uplink.tracks.values()]
    assert any(lane in group.lanes for fan in fans for group in fan.groups.values() for lane in lanes)
    house.leave(maria)
    assert not any(lane in group.lanes for fan in fans for group in fan.groups.values() for lane in lanes)
    house.tick(3)
    house.events.clear()
    del maria, lanes
    gc.collect()
    assert [each() for each in kept] == [None, None, None]
    assert wulan.slots(Kind.MIC) + wulan.slots(Kind.CAMERA) == [None] * 5


def test_one_key_frame_is_asked_for_when_everybody_has_been_given_the_picture() -> None:
    """Each of them is hundreds of times as much to send, and who is looked at later needs one as well."""
    house, maria = half_looked_at()
    house.now += 0.02
    maria.film([0], keyframe=False)
    assert loss_indications(maria) == 0
    house.work()
    house.now += 0.02
    maria.film([0], keyframe=False)
    assert loss_indications(maria) == 1


def test_a_key_frame_does_not_wait_for_ever() -> None:
    house, maria = half_looked_at()
    house.now += 1.1 * GATHER_S
    maria.film([0], keyframe=False)
    assert loss_indications(maria) == 1


def half_looked_at() -> tuple[House, Guest]:
    """A room in which one slice of the receivers awaits a picture that has just begun, and the others do not yet."""
    house = House()
    maria, *_ = [house.join(f"office{number}") for number in range(2 * AT_ONCE)]
    house.tick()
    maria.film([0])
    house.now += 0.02
    house.room.tick(house.now, house.now)
    clock = chain([house.now], repeat(house.now + 0.002))
    assert house.room.work(house.now + 0.001, lambda: next(clock))
    maria.received()
    return house, maria


def loss_indications(guest: Guest) -> int:
    return sum(each[:2] == b"\x81\xce" for each in guest.received())
