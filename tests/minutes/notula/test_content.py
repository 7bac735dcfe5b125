from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from minutes.notula.content import Content, Contribution, Decision, Discussion, cited, statements

SAID = Contribution(id="a1", text="Kami melaporkan dua kasus.", cites=("l1", "l2"))


def content(**parts: object) -> Content:
    return Content.model_validate(
        {
            "meeting_id": "m1",
            "title": "Rakor penyelesaian sengketa",
            "starts": datetime(2020, 7, 9, 2, tzinfo=UTC),
            "ends": datetime(2020, 7, 9, 4, tzinfo=UTC),
            "zones": ("Asia/Jakarta",),
            "host": "KPU RI",
            **parts,
        }
    )


def test_statements_come_in_the_order_in_which_they_are_printed() -> None:
    decided = Decision(id="k1", text="Semua provinsi melapor.", cites=("l3",))
    found = content(decisions=(decided,), discussion=(Discussion(item="Laporan", contributions=(SAID,)),))
    assert list(statements(found)) == [SAID, decided]
    assert cited(found) == {"l1", "l2", "l3"}


def test_what_binds_somebody_must_rest_on_a_line() -> None:
    with pytest.raises(ValidationError, match="uncited"):
        Decision(id="k1", text="Semua provinsi melapor.")
    for section in ("decisions", "conclusions", "directions", "follow_ups"):
        with pytest.raises(ValidationError, match="uncited"):
            content(**{section: [{"id": "k1", "text": "Semua provinsi melapor."}]})


def test_no_id_stands_twice() -> None:
    with pytest.raises(ValidationError, match="two statements"):
        content(opening=(SAID,), closing=(SAID,))


@pytest.mark.parametrize(
    "parts",
    [{"unknown": 1}, {"title": "  "}, {"starts": datetime(2020, 7, 9, 2)}, {"zones": ()}],  # noqa: DTZ001
)
def test_what_is_no_notula_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        content(**parts)


def test_it_is_the_same_after_a_way_through_json() -> None:
    found = content(opening=(SAID,))
    assert Content.model_validate_json(found.model_dump_json()) == found
