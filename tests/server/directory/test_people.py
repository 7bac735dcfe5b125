"""People with their posts: who moves keeps a history, two who change the same are told, who is disabled is out."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

from tests.server.directory.conftest import Directory
from tests.server.test_room_socket import HELLO, enter, heard, socket

API = "/api/v1/directory"


def move(directory: Directory, person: dict[str, Any], office: str, title: str, **more: Any) -> dict[str, Any]:
    body = {
        "office_id": office,
        "title": title,
        "valid_from": str(directory.today),
        "ends_others": True,
        "version": person["version"],
        **more,
    }
    answer = directory.as_("admin").post(f"{API}/people/{person['id']}/positions", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_who_moves_keeps_the_history_and_meetings_keep_who_they_were(directory: Directory) -> None:
    before = directory.with_password("pindah")
    found = directory.as_("admin").get(f"{API}/people", params={"q": "pindah"}).json()["items"]
    (person,) = [each for each in found if each["username"] == "pindah"]
    moved = move(directory, person, "bali", "Kepala Bagian Hukum")
    assert (moved["office"], moved["position"], moved["serves"]) == ("KPU Bali", "Kepala Bagian Hukum", True)
    yesterday = str(directory.today - timedelta(days=1))
    assert [(each["office"], each["valid_until"], each["counts"]) for each in moved["positions"]] == [
        ("KPU Bali", None, True),
        ("KPU Kaltara", yesterday, False),
    ]
    me = before.get("/api/v1/me").json()
    assert (me["office"]["id"], me["position"]) == ("bali", "Kepala Bagian Hukum")
    names = directory.as_("maria").get(f"{API}/offices/kaltara/people").json()
    assert "Pindah" not in [each["name"] for each in names]


def test_an_acting_post_stands_beside_one_s_own(directory: Directory) -> None:
    person = directory.added("bertindak", position={"valid_from": "2026-01-05"})
    acting = move(directory, person, "kaltara", "Sekretaris", kind="plh")
    assert acting["position"] == "Plh. Sekretaris"
    assert [each["valid_until"] for each in acting["positions"]] == [None, None]
    ended = {
        "office_id": "kaltara",
        "title": "Sekretaris",
        "kind": "plh",
        "valid_from": "2026-02-01",
        "valid_until": "2026-02-28",
        "version": acting["version"],
    }
    post = acting["positions"][0]["id"]
    answer = directory.as_("admin").put(f"{API}/positions/{post}", json=ended)
    assert answer.json()["position"] == "Staf Pelaksana"


def test_of_two_who_change_the_same_the_second_is_told(directory: Directory) -> None:
    person = directory.added("diperebutkan")
    body = {"username": "diperebutkan", "name": "Pertama", "role": "participant", "disabled": False, "version": 1}
    first = directory.as_("admin").put(f"{API}/people/{person['id']}", json=body)
    second = directory.as_("dewi").put(f"{API}/people/{person['id']}", json={**body, "name": "Kedua"})
    assert (first.status_code, second.status_code, second.json()["code"]) == (200, 409, "stale")
    assert "Muat ulang" in second.json()["detail"]
    kept = directory.as_("dewi").get(f"{API}/people/{person['id']}").json()
    assert (kept["name"], kept["version"]) == ("Pertama", 2)


def test_who_is_disabled_is_signed_out_and_stays_out(directory: Directory) -> None:
    client = directory.with_password("keluar")
    person = directory.as_("admin").get(f"{API}/people", params={"q": "keluar"}).json()["items"][0]
    body = {"username": "keluar", "name": "Keluar", "role": "participant", "disabled": True, "version": 1}
    assert client.get("/api/v1/me").status_code == 200
    link = directory.as_("admin").post(f"{API}/people/{person['id']}/reset").json()["url"].rsplit("/", 1)[1]
    assert directory.as_("admin").put(f"{API}/people/{person['id']}", json=body).json()["disabled"]
    assert client.get("/api/v1/me").status_code == 401
    refused = client.post("/api/v1/session", json={"username": "keluar", "password": "rakor-demo-2020"})
    assert (refused.status_code, refused.json()["code"]) == (403, "disabled")
    told = directory.as_("").post("/api/v1/password", json={"token": link, "password": "kata-sandi-baru"})
    assert told.json()["code"] == "reset_invalid"
    wrong = client.post("/api/v1/session", json={"username": "keluar", "password": "bukan-ini"})
    assert wrong.json()["code"] == "wrong_credentials"  # whoever guesses learns nothing of the account


def test_who_is_disabled_leaves_the_room(directory: Directory, meeting: str) -> None:
    with socket(directory.with_password("duduk"), meeting) as duduk, socket(directory.as_("dewi"), meeting) as dewi:
        enter(dewi)
        seat = enter(duduk)["seat"]
        person = directory.as_("admin").get(f"{API}/people", params={"q": "duduk"}).json()["items"][0]
        body = {"username": "duduk", "name": "Duduk", "role": "participant", "disabled": True, "version": 1}
        assert directory.as_("admin").put(f"{API}/people/{person['id']}", json=body).status_code == 200
        told = heard(duduk, "failure")
        assert (told["code"], told["fatal"]) == ("disabled", True)
        assert heard(dewi, "left")["seat"] == seat


def test_who_is_disabled_waits_outside_no_more(directory: Directory) -> None:
    meeting = directory.cast.new_meeting("kaltara", waits="everybody")
    assert directory.as_("ratna").post(f"/api/v1/meetings/{meeting}/open").status_code == 200
    client = directory.with_password("menunggu")
    with socket(directory.as_("ratna"), meeting) as ratna, socket(client, meeting) as outside:
        enter(ratna)
        assert heard(ratna, "door")["people"] == []
        outside.send_text(json.dumps(HELLO))
        heard(outside, "waiting")
        (waiter,) = heard(ratna, "door")["people"]
        person = directory.as_("admin").get(f"{API}/people", params={"q": "menunggu"}).json()["items"][0]
        body = {"username": "menunggu", "name": "Menunggu", "role": "participant", "disabled": True, "version": 1}
        assert directory.as_("admin").put(f"{API}/people/{person['id']}", json=body).status_code == 200
        assert heard(ratna, "door")["people"] == []
        told = heard(outside, "failure")
        assert (told["code"], told["fatal"]) == ("disabled", True)
        with pytest.raises(WebSocketDisconnect):
            outside.receive_text()
        ratna.send_text(json.dumps({"type": "admit", "person": waiter["person"]}))
        assert heard(ratna, "failure")["code"] == "not_waiting"


def test_without_a_post_today_there_is_no_way_in(directory: Directory) -> None:
    client = directory.with_password("purnatugas", position={"valid_from": "2026-01-05"})
    person = directory.as_("admin").get(f"{API}/people", params={"q": "purnatugas"}).json()["items"][0]
    post = directory.as_("admin").get(f"{API}/people/{person['id']}").json()["positions"][0]
    ended = {
        "office_id": "kaltara",
        "title": post["title"],
        "valid_from": "2026-01-05",
        "valid_until": str(directory.today - timedelta(days=1)),
        "version": 1,
    }
    answer = directory.as_("admin").put(f"{API}/positions/{post['id']}", json=ended)
    assert (answer.json()["serves"], answer.json()["office"]) == (False, "KPU Kaltara")
    assert client.get("/api/v1/me").status_code == 401
    refused = client.post("/api/v1/session", json={"username": "purnatugas", "password": "rakor-demo-2020"})
    assert (refused.status_code, refused.json()["code"]) == (403, "no_position")
    listed = directory.as_("yusuf").get(f"{API}/people", params={"standing": "without"}).json()
    assert "purnatugas" in [each["username"] for each in listed["items"]]


def test_one_s_own_role_and_account_others_change(directory: Directory) -> None:
    found = directory.as_("admin").get(f"{API}/people", params={"q": "administrator"}).json()["items"]
    (me,) = [each for each in found if each["username"] == "admin"]
    body = {"username": "admin", "name": "Sari Wibowo", "role": "admin", "version": me["version"]}
    url = f"{API}/people/{me['id']}"
    for change in ({"disabled": True}, {"disabled": False, "role": "chair"}):
        assert directory.as_("admin").put(url, json=body | change).json()["code"] == "own_account"
    assert directory.as_("admin").put(url, json=body | {"disabled": False}).status_code == 200


def test_a_post_entered_by_mistake_is_struck_but_not_the_last(directory: Directory) -> None:
    person = directory.added("salahcatat")
    moved = move(directory, person, "bali", "Salah", kind="plt")
    first, last = moved["positions"]
    url = f"{API}/positions/"
    struck = directory.as_("admin").delete(f"{url}{first['id']}", params={"version": moved["version"]}).json()
    assert [each["id"] for each in struck["positions"]] == [last["id"]]
    refused = directory.as_("admin").delete(f"{url}{last['id']}", params={"version": struck["version"]})
    assert refused.json()["code"] == "last_position"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"username": "Maria W"}, "bad_username"),
        ({"username": "maria"}, "username_taken"),
        ({"name": " "}, "bad_name"),
        ({"name": "Ab\x07c"}, "bad_name"),
        ({"name": "x" * 250}, "bad_name"),
        ({"position": {"office_id": "atlantis", "title": "Ketua"}}, "unknown_office"),
        ({"position": {"office_id": "kaltara", "title": " "}}, "bad_title"),
        ({"position": {"office_id": "kaltara", "title": "Ketua", "valid_from": "0001-01-01"}}, "bad_dates"),
        (
            {
                "position": {
                    "office_id": "kaltara",
                    "title": "K2",
                    "valid_from": "2026-02-02",
                    "valid_until": "2026-02-01",
                }
            },
            "bad_dates",
        ),
    ],
)
def test_a_wrong_entry_is_refused_with_what_to_do(directory: Directory, change: dict[str, Any], code: str) -> None:
    body = {"username": "benar", "name": "Benar", "position": {"office_id": "kaltara", "title": "Ketua"}} | change
    refused = directory.as_("admin").post(f"{API}/people", json=body)
    assert (refused.status_code in (409, 422), refused.json()["code"]) == (True, code)


def test_a_single_name_is_a_name_and_apostrophes_are_found_by_either(directory: Directory) -> None:
    directory.added("asyari", name="  Asy’ari ")
    for words in ("asy'ari", "ASY’ARI", "asy kaltara"):
        found = directory.as_("admin").get(f"{API}/people", params={"q": words}).json()["items"]
        assert "Asy’ari" in [each["name"] for each in found]
    assert directory.as_("admin").get(f"{API}/people", params={"q": "asy%ari"}).json()["total"] == 0


def test_whoever_only_acts_here_keeps_the_post_and_the_account_that_they_have_elsewhere(directory: Directory) -> None:
    person = directory.added("menjabat", "kpuri", position={"valid_from": "2026-01-05"})
    acting = move(directory, person, "kaltara", "Sekretaris", kind="plt")
    yusuf, url = directory.as_("yusuf"), f"{API}/people/{person['id']}"
    definite = {
        "office_id": "kaltara",
        "title": "Sekretaris",
        "valid_from": str(directory.today),
        "version": acting["version"],
    }
    kept = {"username": "menjabat", "name": "Menjabat", "role": "participant", "version": acting["version"]}
    for refused in (
        yusuf.post(f"{url}/positions", json={**definite, "ends_others": True}),
        yusuf.put(url, json={**kept, "role": "secretariat", "disabled": False}),
        yusuf.put(url, json={**kept, "disabled": True}),
        yusuf.post(f"{url}/reset"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "out_of_reach")
    renamed = yusuf.put(url, json={**kept, "name": "Menjabat Baru", "disabled": False}).json()
    beside = yusuf.post(f"{url}/positions", json={**definite, "version": renamed["version"], "ends_others": False})
    assert [each["valid_until"] for each in beside.json()["positions"]] == [None, None, None]
    assert directory.as_("admin").post(f"{url}/reset").status_code == 201


def test_an_institution_sends_participants_until_its_last_post_is_over(directory: Directory) -> None:
    outside = {"name": "Bawaslu Uji Peran", "short_name": "Bawaslu Peran", "id": "bawaslu-peran", "level": "instansi"}
    more = {"kind": "bawaslu", "parent_id": "bali", "zone": "Asia/Makassar"}
    assert directory.as_("admin").post(f"{API}/offices", json=outside | more).status_code == 201
    dates = {"valid_from": "2026-01-05", "valid_until": str(directory.today + timedelta(days=1))}
    person = directory.added("utusan", "bawaslu-peran", position=dates)
    change = {"username": "utusan", "name": "Utusan", "role": "chair", "disabled": False, "version": person["version"]}
    refused = directory.as_("admin").put(f"{API}/people/{person['id']}", json=change)
    assert (refused.status_code, refused.json()["code"]) == (422, "outside_role")


def test_nobody_ends_their_own_last_running_post(directory: Directory) -> None:
    client = directory.with_password("mandiri", role="secretariat", position={"valid_from": "2026-01-05"})
    (me,) = client.get(f"{API}/people", params={"q": "mandiri"}).json()["items"]
    person = client.get(f"{API}/people/{me['id']}").json()
    (post,) = person["positions"]
    yesterday = str(directory.today - timedelta(days=1))
    ended = {"office_id": "kaltara", "title": post["title"], "valid_from": "2026-01-05", "valid_until": yesterday}
    url = f"{API}/positions/{post['id']}"
    past = {"office_id": "kaltara", "title": "Sekretaris", "valid_from": "2026-02-02", "valid_until": "2026-02-27"}
    for refused in (
        client.put(url, json={**ended, "version": person["version"]}),
        client.post(
            f"{API}/people/{me['id']}/positions", json={**past, "ends_others": True, "version": person["version"]}
        ),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "own_account")
    future = {**past, "valid_from": "2099-01-05", "valid_until": None, "ends_others": False}
    later = client.post(f"{API}/people/{me['id']}/positions", json={**future, "version": person["version"]}).json()
    struck = client.delete(url, params={"version": later["version"]})
    assert (struck.status_code, struck.json()["code"]) == (409, "own_account")
    assert client.get("/api/v1/me").json()["position"] == post["title"]
