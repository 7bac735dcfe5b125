"""`make bench-editor`: a transcript of two hours in the editor, in Chromium slowed down four times.

A real server has the meeting in its database. Measured, from the moment an address is entered: the first line shown,
and all there; then frames while the transcript is scrolled through by the wheel; then, in a line's field, how long
after a key the browser could look at it and had painted the letter (Event Timing); then memory. What is not slowed
down is the server, which shares the machine with the browser.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import CDPSession, Page, Playwright, sync_playwright

from tests.bench.long_meeting import LONG, write
from tests.journeys.actors import Actor
from tests.journeys.stage import Stage

LINES, WORDS, SLOWER, OPENINGS = 3000, 25, 4, 3
SCREENS, WHEEL_PX = 60, 400
TYPED = "rapat dibuka pukul sembilan pagi oleh ketua dan dihadiri seluruh kantor provinsi "
KEY_PAUSE_MS = 60  # a fast typist
# Event Timing tells of no event that was over, picture and all, within 16 ms.
UNTOLD_MS = 16.0

FRAMES = """() => { const frames = (window.benchFrames = []); let last = performance.now();
  const next = (now) => { frames.push(now - last); last = now; requestAnimationFrame(next); };
  requestAnimationFrame(next); }"""
EVENTS = """() => { const told = (window.benchEvents = []);
  new PerformanceObserver((list) => { for (const each of list.getEntries()) if (each.name === "keydown")
    told.push([each.processingStart - each.startTime, each.duration]); })
    .observe({ type: "event", durationThreshold: 16 }); }"""


@dataclass(frozen=True, slots=True)
class Found:
    """Milliseconds, but for `memory_mb`. Frames: while scrolling. Keys: while typing."""

    first_line: float
    all_lines: float
    frame_p95: float
    frame_longest: float
    frame_cpu: (
        float  # of the page's own thread, in the mean, slowed down as computed: whoever else is at work does not count
    )
    key_delay_p95: float
    key_painted_p95: float
    memory_mb: float
    nodes: int
    load: float  # of the machine, by everybody, in the minute before


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)] if values else 0.0


def opened(page: Page, url: str, lines: int) -> tuple[float, float]:
    """Milliseconds from the navigation to the first line, and to all."""
    page.goto(f"{url}/arsip/{LONG}", wait_until="commit")
    page.locator(".line").first.wait_for()
    first = float(page.evaluate("performance.now()"))
    page.locator(".line").nth(lines - 1).wait_for(state="attached", timeout=180_000)
    return first, float(page.evaluate("performance.now()"))


def scrolled(page: Page) -> list[float]:
    page.mouse.move(640, 400)
    page.evaluate(FRAMES)
    for _ in range(SCREENS):
        page.mouse.wheel(0, WHEEL_PX)
        page.wait_for_timeout(50)
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    for _ in range(SCREENS):
        page.mouse.wheel(0, WHEEL_PX)
        page.wait_for_timeout(50)
    return [float(each) for each in page.evaluate("window.benchFrames")]


def typed(page: Page) -> tuple[list[float], list[float]]:
    """Of every key: milliseconds until the browser looked at it, and until it was painted."""
    pen = page.locator(".line-pen").nth(20)
    pen.scroll_into_view_if_needed()
    pen.click()
    page.locator(".line-field").wait_for()
    page.evaluate(EVENTS)
    page.keyboard.type(TYPED, delay=KEY_PAUSE_MS)
    page.wait_for_timeout(500)
    told: list[list[float]] = page.evaluate("window.benchEvents")
    untold = max(0, len(TYPED) - len(told))
    delays, painted = [each[0] for each in told], [each[1] for each in told]
    return delays + [0.0] * untold, painted + [UNTOLD_MS] * untold


def held(cdp: CDPSession) -> dict[str, float]:
    metrics: list[dict[str, Any]] = cdp.send("Performance.getMetrics")["metrics"]
    return {each["name"]: float(each["value"]) for each in metrics}


def measured(playwright: Playwright, stage: Stage, lines: int, slower: float) -> Found:
    actor = Actor.launch(playwright, "dewi", "dewi")
    try:
        actor.sign_in(stage.url)
        cdp: CDPSession = actor.context.new_cdp_session(actor.page)
        cdp.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        cdp.send("Performance.enable")
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        openings = [opened(actor.page, stage.url, lines) for _ in range(OPENINGS)]
        before = held(cdp)
        frames = scrolled(actor.page)
        worked = (held(cdp)["TaskDuration"] - before["TaskDuration"]) * 1000
        delays, painted = typed(actor.page)
        cdp.send("HeapProfiler.collectGarbage")
        after = held(cdp)
        return Found(
            first_line=median(each[0] for each in openings),
            all_lines=median(each[1] for each in openings),
            frame_p95=percentile(frames, 0.95),
            frame_longest=max(frames),
            frame_cpu=worked / len(frames),
            key_delay_p95=percentile(delays, 0.95),
            key_painted_p95=percentile(painted, 0.95),
            memory_mb=after["JSHeapUsedSize"] / 1e6,
            nodes=int(after["Nodes"]),
            load=os.getloadavg()[0],
        )
    finally:
        actor.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--slower", type=float, default=SLOWER)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder) / "data")
        stage.start()
        try:
            asyncio.run(write(stage.data / "rakor.db", given.lines, given.words))
            with sync_playwright() as playwright:
                found = measured(playwright, stage, given.lines, given.slower)
        finally:
            stage.stop()
    print(f"{given.lines} lines of {given.words} words, CPU slowed down {given.slower:g} times")
    for name, value in asdict(found).items():
        print(f"{name:>16} {value:10.1f}")
    print(json.dumps({**vars(given), **{name: round(value, 1) for name, value in asdict(found).items()}}))


if __name__ == "__main__":
    main()
