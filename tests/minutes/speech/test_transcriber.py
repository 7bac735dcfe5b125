from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from minutes.speech.ports import (
    CatchUp,
    Command,
    Done,
    Drafted,
    Drop,
    Engine,
    Failed,
    Finish,
    Hear,
    Heard,
    Listen,
    Ready,
    Reply,
    Samples,
    Utterance,
    Word,
)
from minutes.speech.transcriber import Transcriber, TranscriberOptions
from tests.minutes.speech.fakes import BrokenEngine, CountingEngine, CrowdEngine, LoudnessVad, QuickEngine
from tests.minutes.speech.sounds import TimedPacket, opus, record, tone

TALK = opus(tone(1.5), 1.0) + opus(tone(0.8), 6.0)
SAID = ["1.5", "0.8"]


def transcriber(engine: Engine | None = None, options: TranscriberOptions | None = None) -> Transcriber:
    return Transcriber(engine or CountingEngine(), LoudnessVad, options)


def hears(track: str, packets: list[TimedPacket], size: int = 10, token: int = 1) -> list[Command]:
    return [Hear(track, token, tuple(packets[at : at + size])) for at in range(0, len(packets), size)]


def run(work: Transcriber, commands: list[Command], now: float = 0.0) -> list[Reply]:
    for command in commands:
        work.take(command, now)
    replies: list[Reply] = []
    while work.busy(now):
        replies += work.step(now)
    return replies


def texts(replies: list[Reply]) -> list[str]:
    return [u.text for reply in replies if isinstance(reply, Heard) for u in reply.utterances]


def test_a_live_track_is_heard_to_its_end() -> None:
    replies = run(transcriber(), [Listen("a", 1, 0.0), *hears("a", TALK), Finish("a", 1)])
    assert texts(replies) == SAID
    assert isinstance(replies[-1], Done)
    untils = [reply.until for reply in replies if isinstance(reply, Heard | Done)]
    assert untils == sorted(untils)


def test_its_recording_says_the_same(tmp_path: Path) -> None:
    record(tmp_path, TALK)
    replies = run(transcriber(), [CatchUp("a", 1, 0.0, str(tmp_path))])
    assert texts(replies) == SAID
    assert isinstance(replies[-1], Done)


def test_catching_up_starts_at_the_watermark(tmp_path: Path) -> None:
    record(tmp_path, TALK)
    assert texts(run(transcriber(), [CatchUp("a", 1, 4.0, str(tmp_path))])) == SAID[1:]


def test_a_recording_is_heard_in_crowds_that_a_stop_does_not_change(tmp_path: Path) -> None:
    record(tmp_path, [packet for at in range(5) for packet in opus(tone(1.0 + at / 5), 5.0 * at + 1.0)])
    engine = CrowdEngine()
    heard = [
        reply
        for reply in run(transcriber(engine), [CatchUp("a", 1, 0.0, str(tmp_path), "", 2)])
        if isinstance(reply, Heard) and reply.utterances
    ]
    assert [len(reply.utterances) for reply in heard] == [2, 2, 1]
    assert texts(list(heard)) == ["1.0", "1.2", "1.4", "1.6", "1.8"]
    again = CrowdEngine()
    rest = run(transcriber(again), [CatchUp("a", 2, heard[0].until, str(tmp_path), "", 2)])
    assert (texts(rest), again.crowds) == (["1.4", "1.6", "1.8"], [2, 1])


def test_an_empty_recording_is_done(tmp_path: Path) -> None:
    assert run(transcriber(), [CatchUp("a", 1, 4.0, str(tmp_path / "none"))]) == [
        Heard("a", 1, 4.0, ()),
        Done("a", 1, 4.0),
    ]


def test_live_tracks_do_not_wait_for_recordings(tmp_path: Path) -> None:
    record(tmp_path, TALK)
    replies = run(
        transcriber(),
        [CatchUp("old", 1, 0.0, str(tmp_path)), Listen("new", 1, 0.0), *hears("new", TALK), Finish("new", 1)],
    )
    done = [reply.track for reply in replies if isinstance(reply, Done)]
    assert done == ["new", "old"]


def test_a_recording_of_hours_keeps_no_short_one_waiting(tmp_path: Path) -> None:
    record(tmp_path / "long", [packet for turn in range(20) for packet in opus(tone(1.5), 1.0 + 5 * turn)])
    record(tmp_path / "short", TALK)
    catch_up = [CatchUp(track, 1, 0.0, str(tmp_path / track)) for track in ("long", "short")]
    replies = run(transcriber(), list[Command](catch_up))
    assert [reply.track for reply in replies if isinstance(reply, Done)] == ["short", "long"]
    assert texts([reply for reply in replies if not isinstance(reply, Ready) and reply.track == "long"]) == ["1.5"] * 20


def test_commands_with_an_old_token_change_nothing() -> None:
    work = transcriber()
    replies = run(work, [Listen("a", 2, 0.0), *hears("a", TALK, token=1), Finish("a", 1), Drop("a", 1)])
    assert replies == []
    assert texts(run(work, [*hears("a", TALK, token=2), Finish("a", 2)])) == SAID


def test_a_dropped_track_says_nothing_more(tmp_path: Path) -> None:
    record(tmp_path, TALK)
    commands = [Listen("a", 1, 0.0), *hears("a", TALK), CatchUp("b", 1, 0.0, str(tmp_path)), Drop("a", 1), Drop("b", 1)]
    assert run(transcriber(), commands) == []


def test_who_mutes_is_heard_without_waiting_for_the_next_word() -> None:
    work = transcriber()
    assert texts(run(work, [Listen("a", 1, 0.0), *hears("a", opus(tone(1.5)))], now=100.0)) == []
    assert work.step(101.0) == []
    assert texts(work.step(102.0)) == ["1.5"]
    assert texts(run(work, [*hears("a", opus(tone(0.8), 1.5)), Finish("a", 1)], now=103.0)) == ["0.8"]


def test_silence_alone_moves_the_watermark_now_and_then() -> None:
    replies = run(transcriber(), [Listen("a", 1, 0.0), *hears("a", opus(tone(20.0) * 0))])
    assert len(replies) in (2, 3)
    assert all(isinstance(reply, Heard) and reply.utterances == () for reply in replies)


def test_when_too_much_waits_the_longest_queue_is_let_go() -> None:
    one = opus(tone(1.5))
    size = sum(len(payload) + 64 for _, payload in one)
    work = transcriber(options=TranscriberOptions(waiting_bytes=round(size * 2.5)))
    commands: list[Command] = [
        *(Listen("a", 1, 0.0), Listen("b", 1, 0.0)),
        *(Hear("b", 1, tuple(one)), Hear("a", 1, tuple(one)), Hear("b", 1, tuple((at + 1.5, p) for at, p in one))),
        *(Finish("a", 1), Finish("b", 1)),
    ]
    replies = run(work, commands)
    assert [(r.track, r.code) for r in replies if isinstance(r, Failed)] == [("b", "behind")]
    assert texts(replies) == ["1.5"]


def test_a_broken_engine_costs_the_track_and_its_message_stays_here(tmp_path: Path) -> None:
    record(tmp_path, TALK)
    work = transcriber(BrokenEngine())
    live = run(work, [Listen("a", 1, 0.0), *hears("a", TALK), Finish("a", 1)])
    recorded = run(work, [CatchUp("b", 1, 0.0, str(tmp_path))])
    assert live == [Failed("a", 1, "engine", "RuntimeError")]
    assert recorded == [Failed("b", 1, "engine", "RuntimeError")]


def drafter() -> Transcriber:
    engine = QuickEngine()
    return Transcriber(engine, LoudnessVad, drafter=engine)


def played(work: Transcriber, commands: list[Command]) -> list[Reply]:
    """Each command as it comes, with time enough for everything it gives to do."""
    return [reply for command in commands for reply in run(work, [command])]


def test_who_is_speaking_is_looked_at_now_and_then_until_the_line_comes() -> None:
    replies = played(drafter(), [Listen("a", 1, 0.0), *hears("a", TALK), Finish("a", 1)])
    drafts = [reply for reply in replies if isinstance(reply, Drafted)]
    first = [draft for draft in drafts if draft.start < 2.0]
    assert [round(draft.until - draft.start, 1) for draft in first] == [1.1, 1.9]
    assert all(draft.open for draft in drafts)
    assert texts(replies) == SAID


def test_drafts_give_way_to_sound_that_waits() -> None:
    replies = run(drafter(), [Listen("a", 1, 0.0), *hears("a", TALK), Finish("a", 1)])
    assert not [reply for reply in replies if isinstance(reply, Drafted)]
    assert texts(replies) == SAID


def test_whoever_has_waited_longest_is_looked_at_first() -> None:
    work = drafter()
    long, short = opus(tone(1.8), 1.0), opus(tone(1.3), 1.0)
    replies = run(work, [Listen("a", 1, 0.0), Listen("b", 1, 0.0), *hears("a", short), *hears("b", long)])
    assert [reply.track for reply in replies if isinstance(reply, Drafted)] == ["b", "a"]


def test_a_draft_that_came_to_nothing_is_over_at_once() -> None:
    """Not after five seconds of silence, as silence alone would be told."""

    class Deaf(QuickEngine):
        def transcribe(self, samples: Samples, prompt: str = "") -> tuple[Utterance, ...]:
            return ()

    engine = Deaf()
    work = Transcriber(engine, LoudnessVad, drafter=engine)
    replies = played(
        work, [Listen("a", 1, 0.0), *hears("a", opus(tone(1.5), 1.0)), *hears("a", opus(tone(2.0) * 0, 2.5))]
    )
    start = next(reply.start for reply in replies if isinstance(reply, Drafted))
    assert [reply.until > start for reply in replies if isinstance(reply, Heard)] == [True]


def test_an_engine_that_breaks_over_a_draft_costs_the_track_only() -> None:
    class Broken(CountingEngine):
        def draft(self, samples: Samples, settled: Sequence[Word], voiced: float = 0.0) -> tuple[Word, ...]:
            raise RuntimeError("words that were said")

    engine = Broken()
    work = Transcriber(engine, LoudnessVad, drafter=engine)
    replies = played(work, [Listen("a", 1, 0.0), *hears("a", opus(tone(1.5)))])
    assert replies == [Failed("a", 1, "engine", "RuntimeError")]


def test_looks_rest_nearly_as_long_as_they_take() -> None:
    work = drafter()
    run(work, [Listen("a", 1, 0.0)])
    shown: list[float] = []
    now = 0.0
    for number, command in enumerate(hears("a", opus(tone(6.0)))):
        now = max(now, number * 0.2)
        work.take(command, now)
        while work.busy(now):
            if any(isinstance(reply, Drafted) for reply in work.step(now)):
                shown.append(now)
                now += 0.5  # a look takes half a second: the next step begins then
    pauses = [after - before for before, after in itertools.pairwise(shown)]
    assert len(shown) >= 4
    assert min(pauses) >= 0.89


def test_the_words_of_the_meeting_reach_lines(tmp_path: Path) -> None:
    engine, long = QuickEngine(), opus(tone(7.0), 1.0)
    work = Transcriber(engine, LoudnessVad, drafter=engine)
    played(work, [Listen("a", 1, 0.0, "Bawaslu."), *hears("a", long), Finish("a", 1)])
    assert engine.prompts == ["Bawaslu."]
    engine.prompts.clear()
    record(tmp_path, long)
    run(work, [CatchUp("b", 1, 0.0, str(tmp_path), "DKPP.")])
    assert engine.prompts == ["DKPP."]
