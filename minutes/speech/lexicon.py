"""Words the engine should expect, and the proof that it heard them and did not just repeat them. PURE.

Whisper goes on in the style of what it is told before. So a meeting's own words are told in sentences: of terms alone
it takes over the commas or the full stops between them. The most important words come last: they are nearest to the
sound, and of a long prompt only the end is used.

On short or unclear sound Whisper may read the prompt back as if somebody had said it, or pass over how a sentence
begins. In an official record neither must happen: hints go only with long segments, and a result that holds a run of
the hints, or begins late, is thrown away and heard again without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from minutes.language.letters import ACRONYMS
from minutes.speech.vocabulary import GENERAL, TOPICS

SHORTEST_S = 5.0
"""Seconds of sound below which hints do more harm than good."""
ECHO = 5
"""So many words in a row as they stand in the hints are an echo: nobody recites a glossary."""
LATE_S = 2.0
"""Seconds of a segment, which begins where speech does, that pass before the first word only if words are missing."""
MOST_TOKENS = 145
"""Of the 223 that Whisper can be told; its own library misbehaves close to them."""
MOST_OFFICES, MOST_PEOPLE, MOST_PHRASES = 5, 5, 5
WORDS_OF_NAME, LONGEST_WORD = 4, 24
_READ, _LOOKED_AT = 400, 20  # characters of a title or a name, and names, that are looked at
_OUTSIDE = re.compile(r"[^\w\s.,'’/-]|_")
_BETWEEN = re.compile(
    r"\b(?:dan|atau|serta|di|ke|dari|untuk|bagi|oleh|dengan|pada|dalam|tentang|mengenai|terkait|se|yang|para|rangka"
    r"|tahun|nomor)\b|\b\d+\b|[.,/]|\s-\s",
    re.IGNORECASE,
)


_KINDS = {"rapat", "koordinasi", "kerja", "pimpinan", "pleno", "rakor", "raker", "rapim", "rakornas", "nasional"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a meeting is about and who is in it: any texts, as somebody has typed them; the most important first."""

    title: str = ""
    offices: Sequence[str] = ()
    people: Sequence[str] = ()


def hints(subject: Subject) -> str:
    """What to tell the engine of such a meeting: a few sentences of at most about `MOST_TOKENS` tokens."""
    title = _clean(subject.title)
    told: list[str] = []
    room = MOST_TOKENS
    for sentence in (*_own(subject, title), *_topical(title), *GENERAL):
        if sentence and (cost := _tokens(f" {sentence}")) <= room:
            told.append(sentence)
            room -= cost
    return " ".join(reversed(told))


def hints_for(hints: str, seconds: float) -> str:
    """What of them to tell the engine before a segment of this length."""
    return hints if seconds >= SHORTEST_S else ""


def echoes(hints: str, text: str) -> bool:
    """True when `text` holds a run of `ECHO` words of `hints`."""
    if not hints:
        return False
    told, heard = _words(hints), _words(text)
    runs = {tuple(told[at : at + ECHO]) for at in range(len(told) - ECHO + 1)}
    return any(tuple(heard[at : at + ECHO]) in runs for at in range(len(heard) - ECHO + 1))


def late(hints: str, start: float) -> bool:
    """True when the first word, `start` seconds into a segment, is not what was said first."""
    return bool(hints) and start > LATE_S


def _own(subject: Subject, title: str) -> tuple[str, ...]:
    """The meeting's own words as sentences, the most important first; empty where there are none."""
    offices = [_name(office) for office in subject.offices[:_LOOKED_AT]]
    people = [_name(person) for person in subject.people[:_LOOKED_AT]]
    phrases = [_plain(phrase, offices, title.isupper()) for phrase in _phrases(title)]
    return (
        _sentence("Yang dibahas adalah", phrases, MOST_PHRASES),
        _sentence("Yang berbicara adalah", people, MOST_PEOPLE),
        _sentence("Rapat diikuti", offices, MOST_OFFICES),
    )


def _sentence(begins: str, terms: Iterable[str], most: int) -> str:
    """As in "Rapat diikuti C, B dan A.": the most important term, which comes first in `terms`, stands last."""
    named = list(dict.fromkeys(term for term in terms if term))[:most]
    if not named:
        return ""
    first, *others = named
    before = f"{', '.join(reversed(others))} dan " if others else ""
    return f"{begins} {before}{first}."


def _phrases(title: str) -> Iterator[str]:
    """What stands between the small words of a title; long ones by two words, as Indonesian names things.

    What kind of meeting it is says nothing of what is said in it.
    """
    for phrase in _BETWEEN.split(title):
        words = phrase.split()
        size = 2 if len(words) > 3 else 3
        parts = (words[at : at + size] for at in range(0, len(words), size))
        yield from (" ".join(part) for part in parts if not _KINDS.issuperset(map(str.lower, part)))


def _plain(phrase: str, names: Iterable[str], shouted: bool) -> str:
    """As inside a sentence: small letters but in names and acronyms; in a title of capitals, known acronyms only."""
    capital = {word for name in names for word in name.split()}
    return " ".join(
        word if word in capital or word in ACRONYMS or (not shouted and word[1:] != word[1:].lower()) else word.lower()
        for word in phrase.split()
    )


def _topical(title: str) -> Iterator[str]:
    said = set(_words(title))
    return (sentence for keys, sentence in TOPICS if said.intersection(keys))


def _name(text: str) -> str:
    """Without titles and degrees: they have dots or come after a comma."""
    words = _clean(text).partition(",")[0].split()
    return " ".join([word for word in words if "." not in word][:WORDS_OF_NAME])


def _clean(text: str) -> str:
    """On one line, without words that are none; all but letters, digits and what stands in names is a comma."""
    words = _OUTSIDE.sub(",", text[:_READ]).split()
    return " ".join(word for word in words if len(word) <= LONGEST_WORD)


def _tokens(text: str) -> int:
    """About as many as Whisper makes of it: one of 3 letters, and one of each byte that is none."""
    raw = len(text.encode())
    strange = raw - sum(letter.isascii() for letter in text)
    return strange + -(-(raw - strange) // 3)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
