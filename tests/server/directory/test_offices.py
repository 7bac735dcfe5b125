"""Offices: a right place in the tree, days of existence, and meetings that invite only those that there are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.directory.conftest import BULUNGAN, Directory

API = "/api/v1/directory/offices"
BAWASLU = {
    "id": "bawaslu-kaltara",
    "name": "Badan Pengawas Pemilihan Umum Provinsi Kalimantan Utara",
    "short_name": "Bawaslu Kaltara",
    "level": "instansi",
    "kind": "bawaslu",
    "parent_id": "kaltara",
    "zone": "Asia/Makassar",
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"parent_id": "kpuri"}, "bad_parent"),
        ({"parent_id": None}, "bad_parent"),
        ({"parent_id": "atlantis"}, "bad_parent"),
        ({"level": "pusat", "code": ""}, "bad_level"),
        ({"kind": "polri"}, "bad_institution"),
        ({"level": "instansi", "kind": "klub"}, "bad_institution"),
        ({"code": "6501"}, "bad_area_code"),
        ({"zone": "Europe/Paris"}, "unknown_zone"),
        ({"id": "Bulungan!"}, "bad_office_id"),
        ({"valid_from": "2024-02-01", "valid_until": "2024-01-31"}, "bad_dates"),
        ({"id": "lain"}, "office_taken"),
        ({"id": "bali"}, "office_taken"),
    ],
)
def test_an_office_in_a_wrong_place_is_refused(directory: Directory, change: dict[str, Any], code: str) -> None:
    base = BULUNGAN | {"id": "uji", "name": "KPU Uji", "short_name": "KPU Uji", "code": "65.77"}
    if code == "office_taken":
        base = BULUNGAN
    refused = directory.as_("admin").post(API, json=base | change)
    assert (refused.status_code in (409, 422), refused.json()["code"]) == (True, code)


def test_an_outside_institution_is_invited_like_an_office(directory: Directory) -> None:
    made = directory.as_("admin").post(API, json=BAWASLU)
    assert made.status_code == 201, made.text
    client = directory.with_password("pengawas", office="bawaslu-kaltara")
    meeting = directory.cast.new_meeting("bawaslu-kaltara")
    assert client.get(f"/api/v1/meetings/{meeting}").status_code == 200
    body = {
        "username": "pengawas2",
        "name": "Dua",
        "role": "chair",
        "position": {"office_id": "bawaslu-kaltara", "title": "Ketua"},
    }
    assert directory.as_("admin").post("/api/v1/directory/people", json=body).json()["code"] == "outside_role"
    order = [each["id"] for each in directory.as_("dewi").get("/api/v1/offices").json()]
    assert order[0] == "kpuri"
    assert order.index("bulungan") == order.index("kaltara") + 1
    assert order.index("bawaslu-kaltara") > max(order.index(each) for each in ("bulungan", "maluku", "papuabaratdaya"))


def test_a_meeting_invites_only_offices_that_there_are_on_its_day(directory: Directory) -> None:
    dewi = directory.as_("dewi")
    then = [each["id"] for each in dewi.get("/api/v1/offices", params={"on": "2020-07-09"}).json()]
    assert "papuatengah" not in then
    assert len([each for each in then if each.startswith("papua")]) == 2
    body = {"title": "Rapat Lama", "starts_at": "2020-07-09T09:00:00+07:00", "offices": ["papua", "papuatengah"]}
    refused = dewi.post("/api/v1/meetings", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "office_not_valid")
    assert "KPU Papua Tengah" in refused.json()["detail"]
    # The day is the meeting's own: the law came into force on 25 July 2022, when it is still the 24th in UTC.
    eve = body | {"starts_at": "2022-07-25T00:30:00+09:00", "zone": "Asia/Jayapura"}
    assert dewi.post("/api/v1/meetings", json=eve).status_code == 201
    assert dewi.post("/api/v1/meetings", json=eve | {"zone": "Asia/Jakarta"}).json()["code"] == "office_not_valid"


def test_an_office_that_ends_stays_in_the_list_of_its_time(directory: Directory) -> None:
    admin = directory.as_("admin")
    made = admin.post(API, json=BULUNGAN | {"id": "lama", "name": "KPU Lama", "short_name": "Lama", "code": "65.88"})
    office = {key: made.json()[key] for key in ("name", "short_name", "level", "parent_id", "code", "zone", "version")}
    ended = admin.put(f"{API}/lama", json=office | {"valid_until": "2025-12-31"}).json()
    assert (ended["valid_today"], ended["version"]) == (False, 2)
    stale = admin.put(f"{API}/lama", json=office)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    asked = {"parent": "kaltara", "level": "kabkota"}
    now, then = (
        {each["id"] for each in admin.get(API, params=asked | {"on": day}).json()["items"]}
        for day in (str(directory.today), "2025-06-01")
    )
    assert (now & {"lama", "bulungan"}, then & {"lama", "bulungan"}) == ({"bulungan"}, {"lama", "bulungan"})


def test_offices_are_found_by_words_and_counted(directory: Directory) -> None:
    admin = directory.as_("admin")
    found = admin.get(API, params={"q": "kalimantan utara", "level": "provinsi"}).json()
    assert [(each["id"], each["parent"], each["people"] > 0) for each in found["items"]] == [
        ("kaltara", "KPU RI", True)
    ]
    assert admin.get(API, params={"q": "%"}).json()["total"] == 0
    everything = admin.get(API).json()
    assert everything["total"] >= 40 > 0
    assert len(everything["items"]) == min(everything["total"], everything["page_size"])
