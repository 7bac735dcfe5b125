"""What an endpoint for summaries answered: sentences that cite lines it was shown; all else is dropped. PURE."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from minutes.notula.content import MOST, MOST_CITED, NOBODY, Conclusion, Content, Contribution, Discussion, Who
from minutes.notula.drafting.contributions import law
from minutes.notula.drafting.turns import once, who
from minutes.notula.drafting.wording import finished
from minutes.notula.material import Spoken
from minutes.notula.summary_asking import Question

MOST_SENTENCES = 100  # of one answer


class NotAnAnswer(ValueError):
    """No object of JSON with sentences in it."""


class _Sentence(BaseModel):
    """Strict: a model that makes up fields is not understood as something else."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["discussion", "conclusion"] = "discussion"
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    lines: Annotated[list[StrictInt], Field(min_length=1, max_length=MOST_CITED)]


@dataclass(frozen=True, slots=True)
class Summary:
    """`contributions`: each with its point of the agenda. `dropped`: sentences that cited nothing they were shown."""

    contributions: tuple[tuple[str, Contribution], ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    dropped: int = 0

    def __add__(self, other: Summary) -> Summary:
        return Summary(
            self.contributions + other.contributions, self.conclusions + other.conclusions, self.dropped + other.dropped
        )


def read(answer: str, question: Question) -> Summary:
    """`answer`: the text of the model's message. Raises `NotAnAnswer`."""
    contributions: list[tuple[str, Contribution]] = []
    conclusions: list[Conclusion] = []
    told = _sentences(answer)
    for number, each in enumerate(told[:MOST_SENTENCES], 1):
        sentence = _valid(each)
        lines = _cited(sentence, question) if sentence is not None else ()
        if sentence is None or not lines:
            continue
        made = {
            "text": finished(" ".join(sentence.text.split())),
            "cites": tuple(line.id for line in lines),
            "origin": "summary",
        }
        name = f"r{question.first}-{number}"
        if not made["text"]:
            continue
        if sentence.kind == "conclusion":
            conclusions.append(Conclusion.model_validate({"id": name, **made}))
        else:
            spoke = {"speaker": _speaker(lines), "law": law(lines)}
            contributions.append((question.item, Contribution.model_validate({"id": name, **made, **spoke})))
    return Summary(tuple(contributions), tuple(conclusions), len(told) - len(contributions) - len(conclusions))


def with_summary(content: Content, summary: Summary) -> Content:
    """What was summed up stands before what was said, in each point of the agenda."""
    kept = {each.item: each.contributions for each in content.discussion}
    for item in dict.fromkeys(item for item, _ in summary.contributions):
        summed = tuple(each for under, each in summary.contributions if under == item)
        kept[item] = (*summed, *kept.get(item, ()))[:MOST]
    discussion = tuple(Discussion(item=item, contributions=each) for item, each in kept.items())
    conclusions = (*content.conclusions, *summary.conclusions)[:MOST]
    return Content.model_validate({**dict(content), "discussion": discussion, "conclusions": conclusions})


def _sentences(answer: str) -> list[Any]:
    """Models like to put a fence or a word of greeting around what they were asked for."""
    start, end = answer.find("{"), answer.rfind("}")
    try:
        told = json.loads(answer[start : end + 1]) if 0 <= start < end else None
    except (ValueError, RecursionError) as error:
        raise NotAnAnswer from error
    if not isinstance(told, dict) or not isinstance(told.get("sentences"), list):
        raise NotAnAnswer
    return list(told["sentences"])


def _valid(told: Any) -> _Sentence | None:
    try:
        return _Sentence.model_validate(told)
    except ValidationError:
        return None


def _cited(sentence: _Sentence, question: Question) -> tuple[Spoken, ...]:
    """Empty where any number is none of the question's: who makes up one line may have made up the sentence."""
    found = [question.line(number) for number in sentence.lines]
    lines = once(line for line in found if line is not None)
    return tuple(sorted(lines, key=lambda line: (line.start, line.id))) if None not in found else ()


def _speaker(lines: tuple[Spoken, ...]) -> Who:
    speakers = {who(line) for line in lines}
    return speakers.pop() if len(speakers) == 1 else NOBODY
