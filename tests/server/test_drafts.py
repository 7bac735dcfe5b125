"""Lines that are still being spoken: what a page puts together from the pieces is what was heard."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.rooms.drafts import Drafts
from server.signalling import messages as say


def shown(told: list[say.Draft]) -> dict[str, list[str]]:
    """A page, as `web/src/state/drafts.ts` does it."""
    words: dict[str, list[str]] = {}
    for draft in told:
        kept = words.get(draft.seat, [])[: draft.keep]
        assert len(kept) == draft.keep
        words[draft.seat] = kept + draft.text.split()
        if not draft.keep and not draft.text:
            del words[draft.seat]
    return words


def test_only_what_has_changed_is_told() -> None:
    drafts = Drafts()
    assert drafts.change("p", "a", 1.0, "", "Selamat pagi") == say.Draft(
        seat="a", start=1.0, keep=0, text="Selamat pagi", settled=0
    )
    assert drafts.change("p", "a", 1.0, "Selamat", "pagi bapak") == say.Draft(
        seat="a", start=1.0, keep=2, text="bapak", settled=1
    )
    assert drafts.change("p", "a", 1.0, "Selamat", "pagi bapak") is None
    assert drafts.change("p", "a", 9.0, "", "Selamat sore") == say.Draft(
        seat="a", start=9.0, keep=0, text="Selamat sore", settled=0
    )


def test_a_draft_ends_once() -> None:
    drafts = Drafts()
    drafts.change("p", "a", 1.0, "", "Baik")
    assert drafts.end("p") == say.Draft(seat="a", start=1.0, keep=0, text="", settled=0)
    assert drafts.end("p") is None
    assert drafts.all() == []


def test_nothing_heard_is_no_draft() -> None:
    assert Drafts().change("p", "a", 1.0, "", " ") is None


words = st.lists(st.sampled_from(["satu", "dua", "tiga"]), max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["p", "q"]), st.sampled_from([1.0, 2.0]), words, words)))
def test_a_page_puts_together_what_was_heard(changes: list[tuple[str, float, list[str], list[str]]]) -> None:
    drafts, told, whole = Drafts(), list[say.Draft](), dict[str, list[str]]()
    for peer, start, settled, open in changes:
        change = drafts.change(peer, f"seat {peer}", start, " ".join(settled), " ".join(open))
        told += [change] if change else []
        whole |= {f"seat {peer}": settled + open} if settled + open else {}
    assert shown(told) == shown(drafts.all()) == whole
