"""Numbers over HTTP: one each, by whom they may be taken, and never one twice."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from httpx2 import Response

from server.auth.identity import Identity
from server.meetings.models import Meeting
from server.numbering import repository
from server.services import Services
from tests.server.conftest import Cast

YEAR = datetime.now(UTC).year
OWN = "/api/v1/offices/kpuri/numbering"


def scheme(cast: Cast, who: str = "dewi") -> dict[str, Any]:
    found: dict[str, Any] = cast.as_(who).get(OWN).json()
    return found


def change(cast: Cast, who: str = "dewi", **wanted: object) -> Response:
    known = scheme(cast)
    keep = {name: known[name] for name in ("template", "classification", "unit", "office", "codes", "version")}
    return cast.as_(who).put(OWN, json=keep | wanted)


def take(cast: Cast, meeting: str, kind: str = "notula", number: str = "", who: str = "dewi") -> Response:
    return cast.as_(who).post(f"/api/v1/meetings/{meeting}/numbers/{kind}", json={"number": number})


def test_a_paper_has_one_number_and_the_next_paper_the_next(cast: Cast) -> None:
    meeting = cast.new_meeting("kaltara")
    following = scheme(cast)["following"]
    first = take(cast, meeting).json()
    assert first["number"] == f"{following}/HK.04-Nt/08/{YEAR}"
    assert (first["running"], first["by"]) == (following, cast.as_("dewi").get("/api/v1/me").json()["name"])
    assert take(cast, meeting).json() == first
    second = take(cast, meeting, "berita-acara").json()
    assert second["number"] == f"{following + 1}/HK.04-BA/08/{YEAR}"
    listed = cast.as_("maria").get(f"/api/v1/meetings/{meeting}/numbers").json()
    assert [each["kind"] for each in listed] == ["berita-acara", "notula"]
    assert scheme(cast)["following"] == following + 2


def test_a_number_given_elsewhere_counts_nothing_and_stands_once(cast: Cast) -> None:
    one, other = cast.new_meeting("kaltara"), cast.new_meeting("kaltara")
    following = scheme(cast)["following"]
    given = take(cast, one, number=" 7/TU/2020 ").json()
    assert (given["number"], given["running"]) == ("7/TU/2020", None)
    again = take(cast, other, number="7/TU/2020")
    assert (again.status_code, again.json()["code"]) == (409, "number_taken")
    another = take(cast, one, number="8/TU/2020")
    assert (another.status_code, another.json()["code"]) == (409, "numbered")
    assert scheme(cast)["following"] == following


def test_what_was_entered_by_hand_is_passed_over(cast: Cast) -> None:
    following = scheme(cast)["following"]
    take(cast, cast.new_meeting("kaltara"), number=f"{following}/HK.04-Nt/08/{YEAR}")
    assert take(cast, cast.new_meeting("kaltara")).json()["running"] == following + 1


def test_only_the_hosts_secretariat_takes_numbers(cast: Cast) -> None:
    meeting = cast.new_meeting("kaltara")
    for who, status in (("maria", 403), ("ratna", 403), ("", 401)):
        assert take(cast, meeting, who=who).status_code == status
    assert take(cast, "no-such-meeting").status_code == 404
    assert take(cast, meeting, "undangan").status_code == 422
    assert cast.as_("dewi").get(f"/api/v1/meetings/{meeting}/numbers").json() == []


def test_an_office_writes_its_own_template(cast: Cast) -> None:
    before = scheme(cast)
    wanted = "{no}/{klasifikasi}-{jenis}/{unit}/{satker}/{bulan_romawi}/{tahun}"
    changed = change(cast, template=wanted, following=before["following"] + 100)
    assert changed.status_code == 200, changed.text
    told = changed.json()
    assert told["following"] == before["following"] + 100
    assert told["example"].startswith(f"{told['following']}/HK.04-BA/08/KPU/")
    stale = cast.as_("dewi").put(OWN, json={**_body(before), "template": wanted})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    back = change(cast, following=1)
    assert (back.status_code, back.json()["code"]) == (422, "counted_already")
    assert scheme(cast)["version"] == told["version"]
    assert change(cast, template=before["template"]).status_code == 200


def test_a_template_that_cannot_be_changes_nothing(cast: Cast) -> None:
    before = scheme(cast)
    refused = change(cast, template="{nomor}/{tahun}")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_template")
    assert "{bulan_romawi}" in refused.json()["detail"]
    assert scheme(cast) == before


def test_templates_are_the_offices_own_business(cast: Cast) -> None:
    assert scheme(cast, "ratna")["may_change"] is False
    assert change(cast, who="ratna").status_code == 403
    assert change(cast, who="maria").status_code == 404
    assert cast.as_("maria").get(OWN).status_code == 404
    assert cast.as_("dewi").get("/api/v1/offices/none/numbering").status_code == 404


def test_many_at_once_get_a_number_each(cast: Cast) -> None:
    meetings = [cast.new_meeting("kaltara") for _ in range(12)]
    following = scheme(cast)["following"]
    services: Services = cast.app.state.services
    dewi = Identity("demo-dewi", "Dewi", "Sekretariat", "secretariat", None)

    async def one(meeting: str) -> int | None:
        async with services.sessions.begin() as session:
            row = await session.get(Meeting, meeting)
            assert row is not None
            return (await repository.take(session, row, "notula", "", dewi, services.now())).running

    async def all_of_them() -> list[int | None]:
        return await asyncio.gather(*(one(each) for each in meetings))

    found = cast.portal.call(all_of_them)
    assert sorted(each or 0 for each in found) == list(range(following, following + len(meetings)))


def _body(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("template", "classification", "unit", "office", "codes", "version")}
