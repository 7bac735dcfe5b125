"""How much video one receiver's way bears: from its REMBs and receiver reports to layers and probes. Pure.

Its REMB (draft-alvestrand-rmcat-remb) counts video only and follows what comes in: it never shows room that nobody
uses, and stays away in the first seconds and while no video flows. So:

* A REMB that falls says that a queue grows. A deep fall lowers our estimate at once; a slight one, which jitter makes
  too, only when the REMB does not recover while round trips are long or packets get lost.
* Loss without such falls may be a radio link's, whatever we send. We send less for a few seconds and look: if the loss
  goes, it was ours and we stay there; if not, it is remembered as usual and the layers come back.
* Room above is only known by trying: RTX padding for a moment, a few kilobytes first. No fall, no queue, no new loss:
  that much is borne. A probe that fails changes no layer and is tried again `RETRY_S` later, for ever.

Rates are bits/s of RTP payload, for that is what a REMB counts; times are monotonic seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from media.layers import Claim, choose, lowest, next_step, total, wanted
from media.probe import Probe, plan
from media.quality import MOST_USUAL, Reports

START_BPS = 500_000
FALL = 0.97  # of the last REMB: receivers send such a fall at once
DEEP, LOW = 0.75, 0.8  # of what is sent. A queue makes the REMB 0.85 of what arrives: above LOW it would still fall
LEAST, MOST = 0.35, 0.8  # of what is sent: a REMB falls so far for a stall that is over; what lowers a layer (KEEP)
SETTLE_S, DOUBT_S = 0.8, 1.0  # a change waits for a key frame, and the REMB looks back a second
STILL_S = (0.45, 1.2)  # a REMB far below what arrives grows in that time unless a queue stands: in a probe, else
QUEUED_S = (0.05, 0.08, 0.1)  # round trips longer than the shortest: a probe from nothing, anything, a probe filled it
SILENCE_S = 2.0  # without any RTCP while video flows: the way is broken, not narrow
RETRY_S, REPORT_S = (2.0, 3.0, 5.0), 5.5  # `REPORT_S`: while no video flows reports may be so far apart
FIRST_S = (1.2, 4.0)  # after the first RTCP: the first probe; until then no REMB comes but for a queue
NEW_LOSS, SURE_LOSS = 0.08, 0.45  # beyond the usual while a probe runs; for two seconds: a queue is full
REPAIR = (0.25, 0.05)  # of what is sent: commonly, in trouble
MISLED_S, CALM_S = 10.0, 60.0  # a probe has promised too much; probes ask for less again, new pictures are trusted


@dataclass(frozen=True, slots=True)
class Decision:
    """`layers` by the claims' mids, None: pause. Decide again at `again_at`, or before when something happens.

    `hurry`: stop higher layers at once, without the key frames of lower ones. `watch`: measure round trips often, by
    sender reports 100 ms apart. `padding_bps`: RTX with its headers until `again_at`. `repair_bps`: the most to repeat.
    """

    layers: Mapping[str, int | None]
    hurry: bool
    watch: bool
    padding_bps: int
    repair_bps: int
    again_at: float


@dataclass(slots=True)
class _Trial:
    estimate: float  # before it; we send less for a while to see whether the loss is ours
    loss: float
    seen: list[float] = field(default_factory=list)  # during it


class Downlink:
    """What one receiver gets. Tell it what has come, then `sent`, then `decide`."""

    def __init__(self, start_bps: int = START_BPS) -> None:
        self.estimate = float(start_bps)
        self.reports = Reports()
        self.congestions = self.probes = self.failures = 0  # `failures`: of probes, in a row
        self._old, self._new, self._bps = (-1.0, 0), (-1.0, 0), 0.0  # (when, bytes sent) twice, bits/s between them
        self._layers: Mapping[str, int | None] = {}
        self._nominal = self._active = 0  # bits/s meant to be sent; pictures that could be
        self._remb, self._moved = inf, -inf  # the last one, and when it was another or a probe began
        self._heard: float | None = None
        self._excess, self._lowest = 0.0, 0.0  # loss beyond the usual, summed
        self._settled = 0.0  # until then what arrives belongs to a former state
        self._doubt: float | None = None  # when a fall of the REMB to `_lowest` is judged
        self._trial: _Trial | None = None
        self._probe: Probe | None = None
        self._probe_at = self._early = self._failed = inf  # `_failed`: target of the probe that failed just now
        self._tried, self._raised = 0.0, -inf  # borne in a probe, not used yet; when it was used
        self._strict, self._strict_since = 0, -inf  # how much more than needed a probe asks for

    def sent(self, total_bytes: int, now: float) -> None:
        """Payload bytes of video sent to this receiver so far: all slots, repairs and padding."""
        if now - self._new[0] >= 0.5:
            self._old, self._new = self._new, (now, total_bytes)
        self._bps = 8 * (total_bytes - self._old[1]) / max(0.5, now - self._old[0])

    def on_remb(self, bitrate: float, now: float) -> None:
        self._hear(now)
        former, self._remb = self._remb, max(1.0, bitrate)
        if not 0.995 < bitrate / former < 1.005:
            self._moved = now
        if bitrate < (FALL * former if former < inf else DEEP * self._arriving * (now < self._early)):
            self._fallen(bitrate, now)
        elif self._doubt is not None and now >= self._doubt:
            self._judge(bitrate, now)
        elif bitrate < LOW * self._arriving and self._full:
            self._stand_still(now)

    def on_report(self, fraction_lost: float | None, now: float, rtt: float | None = None) -> None:
        """`fraction_lost`: 0 to 1, of all slots since the last report. `rtt`: seconds. None: not known."""
        self._hear(now)
        before, second = self.reports.lossy, self.reports.add(fraction_lost, now, rtt)
        if self._probe is not None and (QUEUED_S[2] if self._nominal else QUEUED_S[0]) < self.reports.queue < inf:
            self._fail(now)
        if self._probe is not None and not self._nominal and now > self._probe.until + self.reports.rtt:
            self._probe.verdict_at = min(now, self._probe.verdict_at)
        if second is not None:
            self._on_loss(second, before, now)

    @property
    def probing(self) -> bool:
        return self._probe is not None

    def decide(self, claims: Sequence[Claim], now: float, may_probe: bool = True) -> Decision:
        """`may_probe`: a new probe may begin; else it does when this is asked again."""
        if self._doubt is not None and now >= self._doubt + (SILENCE_S if self._nominal else 0.0):
            self._doubt = None  # no REMB comes any more: nothing is left to judge
        if self._doubt is None and self._trial is None and now >= self._settled:
            self._prove(claims, now)
        if self._probe is not None:
            self._advance(self._probe, claims, now)
        elif self._tried and self._clear(now):
            self._believe(now)
        self._layers = choose(claims, self.estimate)
        self._nominal = total(claims, self._layers)
        due = may_probe and self._probe is None and now >= self._probe_at
        if due and self._clear(now) and self._nominal < wanted(claims):
            self._start_probe(claims, now)
        return self._decision(now, may_probe)

    def _decision(self, now: float, may_probe: bool) -> Decision:
        probe, hurry = self._probe, self._strict > 0 and now - self._strict_since < 0.1
        trouble = self.reports.lossy or now < self._settled
        soon = self.failures and self._probe_at < now + 1.5 and (may_probe or now < self._probe_at)
        watch = bool(trouble or soon or probe or self._doubt or self._remb < LOW * self._arriving)
        repair = round(REPAIR[trouble] * self._nominal)
        if probe is None:
            again_at = self._probe_at if now < self._probe_at < now + 1.0 else now + 1.0
            return Decision(self._layers, hurry, watch, 0, repair, again_at)
        if now < probe.until:
            return Decision(self._layers, hurry, watch, probe.wire_bps, repair, probe.until)
        return Decision(self._layers, hurry, watch, 0, repair, probe.verdict_at)

    @property
    def _arriving(self) -> float:
        return self._bps * (1 - self.reports.usual_loss)  # what a REMB counts while nothing is wrong

    @property
    def _full(self) -> bool:
        """Whether a queue may stand. The REMB alone does not tell: while one empties it waits too."""
        return self.reports.queue > QUEUED_S[1] or self.reports.lossy

    def _hear(self, now: float) -> None:
        """After a break nothing that came through it counts: not the burst of losses, not the leap of the delay."""
        former, self._heard = self._heard, now
        if former is None:
            self._probe_at, self._early = now + FIRST_S[0], now + FIRST_S[1]
        elif now - former > SILENCE_S and self._nominal:
            self._settled = max(self._settled, now + 1.0 + self.reports.rtt)
            self._probe = self._doubt = None
            self.estimate, self._trial = self._trial.estimate if self._trial else self.estimate, None

    def _fallen(self, remb: float, now: float) -> None:
        deep = now >= self._settled and remb < DEEP * self._arriving
        changed = now - max(self._strict_since, self._raised) < 2 * SETTLE_S
        if self._probe is not None:
            self._fail(now)
        elif deep or (changed and self._full and remb < FALL * self._nominal):  # even what we mean to send is too much
            self._congest(remb, now)
            return
        self._lowest, self._doubt = remb, max(self._settled, self._doubt or now + DOUBT_S)

    def _judge(self, remb: float, now: float) -> None:
        self._doubt = None
        enough = remb >= (1.3 if self.reports.lossy else 0.9) * min(self._arriving, self._nominal)
        if self._full and not enough and remb < 1.02 * self._lowest:
            self._congest(self._remb, now)

    def _stand_still(self, now: float) -> None:
        """A REMB that is too low already cannot fall: while a queue stands it does not grow either."""
        if self._probe is not None and now - self._moved > STILL_S[0]:
            self._fail(now)
        elif self._probe is None and now - max(self._moved, self._settled) > STILL_S[1]:
            self._congest(self._remb, now)

    def _congest(self, level: float, now: float) -> None:
        sent = min(self._arriving, self._nominal)
        self.estimate = min(self.estimate, max(LEAST * sent, min(MOST * sent, level)))
        self._tried, self._trial, self._excess, self._lowest = 0.0, None, 0.0, self._remb
        self._settled = self._doubt = now + SETTLE_S + self.reports.rtt
        self._limited(now)

    def _limited(self, now: float) -> None:
        self._strict = 2 if self._strict and now - self._raised < MISLED_S else 1
        self._strict_since, self.congestions = now, self.congestions + 1
        self._probe_at = max(now, self._settled) + RETRY_S[min(self.failures, 2)]

    def _on_loss(self, loss: float, again: bool, now: float) -> None:
        """Once a second or so: the part lost of it. `again`: the second before was bad too."""
        if self._trial is not None:
            self._weigh(self._trial, loss, now)
            return
        if self._probe is not None and self.reports.excess > NEW_LOSS:
            self._fail(now)
        if now < self._settled:
            return
        queued = self.reports.lossy and QUEUED_S[2] < self.reports.queue < inf
        if self._nominal and (queued or (loss > SURE_LOSS and (again or self._remb == inf))):
            self._congest((1 - loss) * self._bps, now)
        self.reports.learn(loss, self._nominal > 0)
        self._excess = max(0.0, self._excess + min(self.reports.excess, 0.1))
        if self._excess > 0.19:
            self._try_less(self.reports.loss, now)

    def _try_less(self, loss: float, now: float) -> None:
        self._excess = 0.0
        if self._nominal:
            self._trial, self._probe = _Trial(self.estimate, loss), None
            self._settled = now + SETTLE_S + self.reports.rtt + 1.0
            self.estimate = min(self.estimate, (1 - min(0.9, max(0.3, 1.2 * loss))) * self._nominal)

    def _weigh(self, trial: _Trial, loss: float, now: float) -> None:
        if now >= self._settled:
            trial.seen.append(loss)
        if len(trial.seen) < (3 if self._nominal else 1):
            return
        self._trial, mean = None, sum(trial.seen) / len(trial.seen)
        if mean < trial.loss / 3 or mean > MOST_USUAL:
            self._limited(now)
        else:
            self.estimate, self._settled = trial.estimate, now + SETTLE_S
            self.reports.usual_loss = (mean + trial.loss) / 2

    def _prove(self, claims: Sequence[Claim], now: float) -> None:
        """What is sent without trouble is borne, whatever its sources make of it; a new picture is taken on trust."""
        active = sum(claim.want is not None for claim in claims)
        proven = total(claims, self._layers)
        if self._active < active and self._layers and not self.failures and not self._strict:
            new = (claim for claim in claims if self._layers.get(claim.mid) is None)
            proven += sum(claim.rates[low] for claim in new if (low := lowest(claim)) is not None)
        self.estimate, self._active = max(self.estimate, proven), active

    def _clear(self, now: float) -> bool:
        """Whether nothing is wrong and nothing is open, and the receiver is there to say so."""
        calm = now >= self._settled and self._doubt is None and self._trial is None and self._excess < 0.1
        there = self._heard is not None and (now - self._heard < 0.75 * SILENCE_S or not self._nominal)
        return calm and there and (self.reports.queue < QUEUED_S[1] or self.reports.queue == inf)

    def _start_probe(self, claims: Sequence[Claim], now: float) -> None:
        """Try the next improvement; more at once where nothing has gone wrong lately."""
        need, self._failed = next_step(claims, choose(claims, max(self.estimate, self._tried)), self._failed), inf
        if need is None:
            return
        if self._strict > (self.failures > 0) and now - self._strict_since > CALM_S:
            self._strict, self._strict_since = self._strict - 1, now
        target = need * (1.1 + 0.15 * self._strict)
        if not self.failures and not self._strict:
            target = max(target, min(2.0 * self._nominal, 1.1 * wanted(claims)))
        self._probe = plan(target, self._nominal, self._strict)
        self.probes, self._moved = self.probes + 1, now
        self._advance(self._probe, claims, now)

    def _advance(self, probe: Probe, claims: Sequence[Claim], now: float) -> None:
        """The next span of padding. On a way that was limited the next probe comes before layers change: only once."""
        if now < probe.verdict_at:
            return
        if probe.spans:
            probe.until = now + probe.spans.pop(0)
            wait = self.reports.rtt + (0.15 if probe.spans else 0.3)
            probe.verdict_at = probe.until + (wait if self._nominal else REPORT_S)
            return
        self._tried, self.failures, self._probe = probe.target, 0, None
        if self._strict and self._nominal:
            self._start_probe(claims, now)
        if self._probe is None:
            self._believe(now)

    def _believe(self, now: float) -> None:
        self.estimate, self._tried, self._raised = max(self.estimate, self._tried), 0.0, now
        self._settled = now + SETTLE_S + self.reports.rtt
        self._probe_at = max(self._settled, self._probe_at)

    def _fail(self, now: float) -> None:
        self._failed, self._probe = self._probe.target if self._probe is not None else inf, None
        self._probe_at = now + RETRY_S[min(self.failures, 2)]
        self.failures += 1
        self._settled = max(self._settled, now + 0.5 + self.reports.rtt)
