"""Sign-in, origins, meetings and the archive over HTTP."""

from __future__ import annotations

import base64

import pytest

from server.auth.throttle import MOST_FAILURES
from tests.server.conftest import ORIGIN, Cast

ARCHIVED = "demo-arsip"


def test_a_sign_in_lasts_until_signing_out(cast: Cast) -> None:
    client = cast.as_("")
    body = {"username": "maria", "password": "rakor-demo-2020"}
    assert client.post("/api/v1/session", json=body).status_code == 200
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["office"]["short_name"], me["roles"]) == ("Maria Tandilangi", "KPU Kaltara", ["participant"])
    assert client.delete("/api/v1/session").status_code == 204
    assert client.get("/api/v1/me").status_code == 401


def test_the_cookie_is_for_this_host_only(cast: Cast) -> None:
    client = cast.as_("")
    body = {"username": "ratna", "password": "rakor-demo-2020"}
    cookie = client.post("/api/v1/session", json=body).headers["set-cookie"].lower()
    assert cookie.startswith("__host-rakor=")
    assert all(part in cookie for part in ("secure", "httponly", "samesite=lax", "path=/"))
    assert "domain" not in cookie


def test_a_made_up_cookie_is_nobody(cast: Cast) -> None:
    client = cast.as_("")
    client.cookies.set("__Host-rakor", "x" * 43, domain="rakor.test")
    assert client.get("/api/v1/me").status_code == 401


def test_guessing_is_stopped(cast: Cast) -> None:
    client = cast.as_("")
    body = {"username": "tak-ada-orangnya", "password": "tebakan"}
    codes = [client.post("/api/v1/session", json=body).json()["code"] for _ in range(MOST_FAILURES + 1)]
    assert codes == ["wrong_credentials"] * MOST_FAILURES + ["too_many_attempts"]
    # The address is held back for a while: give it back to the tests behind this one.
    cast.app.state.services.throttle.succeeded("from:testclient")


@pytest.mark.parametrize("origin", ["", "https://evil.test", "null", ORIGIN + ".evil.test", "http://[", "https://"])
def test_only_our_own_page_may_change_anything(cast: Cast, origin: str) -> None:
    client = cast.as_("ratna")
    answer = client.post("/api/v1/meetings", json={}, headers={"Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "bad_origin")


def test_a_guest_sees_one_meeting(cast: Cast) -> None:
    meeting = cast.new_meeting("kaltara")
    guest = cast.guest_of(meeting)
    me = guest.get("/api/v1/me").json()
    assert (me["guest_of"], me["username"]) == (meeting, None)
    assert [each["id"] for each in guest.get("/api/v1/meetings").json()["items"]] == [meeting]
    assert guest.get("/api/v1/search", params={"q": "sengketa"}).json()["total"] == 0


def test_a_meeting_is_shown_in_every_zone_that_takes_part(cast: Cast) -> None:
    meeting = cast.new_meeting("kaltara", "papua", "sumbar")
    shown = cast.as_("maria").get(f"/api/v1/meetings/{meeting}").json()
    assert [(zone["label"], zone["local"]) for zone in shown["zones"]] == [
        ("WIB", "09.00"),
        ("WITA", "10.00"),
        ("WIT", "11.00"),
    ]
    assert shown["offices_invited"] == 3


def test_a_meeting_opens_once_and_ends_once(cast: Cast) -> None:
    meeting = cast.new_meeting("kaltara")
    chair = cast.as_("ratna")
    assert chair.post(f"/api/v1/meetings/{meeting}/end").json()["code"] == "meeting_not_open"
    opened = chair.post(f"/api/v1/meetings/{meeting}/open").json()
    assert chair.post(f"/api/v1/meetings/{meeting}/open").json()["opened_at"] == opened["opened_at"]
    ended = chair.post(f"/api/v1/meetings/{meeting}/end").json()
    assert (ended["state"], ended["transcript_complete"]) == ("ended", True)
    assert chair.post(f"/api/v1/meetings/{meeting}/open").json()["code"] == "meeting_ended"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"offices": ["atlantis"]}, "unknown_office"),
        ({"zone": "Mars/Base"}, "unknown_zone"),
        ({"zone": "../etc/passwd"}, "unknown_zone"),
        ({"title": "x"}, "validation"),
        ({"title": "     "}, "validation"),
        ({"starts_at": "2030-01-01T09:00:00"}, "validation"),
        ({"starts_at": "9999-12-31T23:30:00Z"}, "validation"),
        ({"starts_at": "0001-01-01T00:00:00+07:00"}, "validation"),
        ({"starts_at": "2000-01-01T06:59:59+07:00"}, "validation"),
        ({"starts_at": "2101-01-01T00:00:00Z"}, "validation"),
        ({"surprise": 1}, "validation"),
    ],
)
def test_a_bad_meeting_is_refused_with_a_reason(cast: Cast, change: dict[str, object], code: str) -> None:
    body = {"title": "Rapat", "starts_at": "2030-01-01T09:00:00Z", "offices": ["aceh"], **change}
    answer = cast.as_("dewi").post("/api/v1/meetings", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_date_nobody_can_mean_is_refused_in_words(cast: Cast) -> None:
    body = {"title": "Rapat", "starts_at": "9999-12-31T23:30:00Z", "offices": ["aceh"]}
    detail = cast.as_("dewi").post("/api/v1/meetings", json=body).json()["detail"]
    assert detail == "body.starts_at: Tahun rapat harus dari 2000 sampai 2100."


@pytest.mark.parametrize("start", ["2000-01-01T00:00:00Z", "2100-12-31T23:59:59Z"])
def test_the_first_and_the_last_date_can_be_read_back(cast: Cast, start: str) -> None:
    client = cast.as_("dewi")
    body = {"title": "  Rapat Uji ", "starts_at": start, "offices": ["papua"]}
    made = client.post("/api/v1/meetings", json=body).json()
    assert (made["title"], made["starts_at"]) == ("Rapat Uji", start)
    assert client.get(f"/api/v1/meetings/{made['id']}").status_code == 200


@pytest.mark.parametrize("body", [{"name": "   "}, {"institution": "   "}])
def test_a_guest_has_a_name_and_an_institution(cast: Cast, body: dict[str, str]) -> None:
    meeting = cast.new_meeting("kaltara")
    given = {"name": "Andi Pratama", "institution": "Bawaslu RI", **body}
    answer = cast.as_("dewi").post(f"/api/v1/meetings/{meeting}/invitations", json=given)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")


def test_a_line_says_by_what_it_was_heard(cast: Cast) -> None:
    client = cast.as_("maria")
    line = client.get(f"/api/v1/meetings/{ARCHIVED}/transcript?limit=1").json()["lines"][0]["id"]
    found = client.get(f"/api/v1/lines/{line}/heard-by").json()
    assert found["model"] == "whisper-base"
    assert len(found["weights"]) == 64
    assert found["options"]["engine"]["language"] == "id"
    assert "sengketa pemilihan" in found["prompt"].lower()


def test_a_speaker_has_a_name(cast: Cast) -> None:
    client = cast.as_("dewi")
    line = client.get(f"/api/v1/meetings/{ARCHIVED}/transcript?limit=1").json()["lines"][0]["id"]
    answer = client.patch(f"/api/v1/lines/{line}/speaker", json={"name": "   "})
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")


@pytest.mark.parametrize("at", ["9999-12-31T23:30:00-07:00", "0001-01-01T00:00:00+07:00", "2030-01-01T00:00:00"])
@pytest.mark.parametrize("state", ["scheduled", "ended"])
def test_a_forged_cursor_is_refused(cast: Cast, at: str, state: str) -> None:
    cursor = base64.urlsafe_b64encode(f"{at} x".encode()).decode()
    answer = cast.as_("dewi").get("/api/v1/meetings", params={"state": state, "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


def test_lists_are_paged_without_loss(cast: Cast) -> None:
    made = {cast.new_meeting("papuabarat") for _ in range(55)}
    client = cast.as_("dewi")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = client.get("/api/v1/meetings", params={"state": "scheduled", **({"cursor": cursor} if cursor else {})})
        seen += [each["id"] for each in page.json()["items"]]
        cursor = page.json()["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert made <= set(seen)
    assert client.get("/api/v1/meetings?cursor=zzz").json()["code"] == "bad_cursor"


def test_the_archive_is_there_from_the_first_start(cast: Cast) -> None:
    client = cast.as_("wulan")
    found = client.get("/api/v1/search", params={"q": "menyelesaikan sengketa"}).json()
    best = found["items"][0]
    assert [piece["text"].lower() for piece in best["snippet"] if piece["hit"]][-2:] == ["penyelesaian", "sengketa"]
    assert best["url"] == f"/arsip/{ARCHIVED}?baris={best['line']['id']}"
    assert best["meeting"]["date"] == "2020-07-20"
    sound = client.get(best["line"]["audio"])
    assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/webm")
    again = client.get(best["line"]["audio"], headers={"If-None-Match": sound.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_transcript_has_all_four_voices_in_order(cast: Cast) -> None:
    client = cast.as_("maria")
    lines = []
    after: str | None = None
    while True:
        page = client.get(
            f"/api/v1/meetings/{ARCHIVED}/transcript", params={"limit": 7, **({"after": after} if after else {})}
        ).json()
        lines += page["lines"]
        after = page["next"]
        if after is None:
            break
    assert [line["start"] for line in lines] == sorted(line["start"] for line in lines)
    assert len({line["speaker"] for line in lines}) == 4
    assert len({line["id"] for line in lines}) == len(lines)


def test_a_transcript_does_not_tell_of_lines_of_other_meetings(cast: Cast) -> None:
    client = cast.as_("maria")
    line = client.get(f"/api/v1/meetings/{ARCHIVED}/transcript?limit=1").json()["lines"][0]["id"]
    address = f"/api/v1/meetings/{cast.new_meeting('kaltara')}/transcript"
    elsewhere, nowhere = (client.get(address, params={"after": after}) for after in (line, "tidak-ada"))
    assert (elsewhere.status_code, elsewhere.json()) == (nowhere.status_code, nowhere.json())
    assert nowhere.status_code == 404


def test_sound_that_is_not_all_on_disk_yet_is_not_kept(cast: Cast) -> None:
    client = cast.as_("wulan")
    lines = client.get(f"/api/v1/meetings/{ARCHIVED}/transcript").json()["lines"]
    address = next(line["audio"] for line in lines if line["speaker"] == "Wulan Prasetyo")
    whole = client.get(address)
    last = max((cast.settings.recordings / ARCHIVED / "demo-wulan").iterdir())
    being_written = last.rename(last.with_suffix(".part"))
    partial = client.get(address, headers={"If-None-Match": whole.headers["etag"]})
    being_written.rename(last)
    assert (partial.status_code, partial.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in partial.headers
    assert len(partial.content) < len(whole.content)
    assert client.get(address).headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("query", ["", "   ", '""', "…"])
def test_an_empty_search_is_told_so(cast: Cast, query: str) -> None:
    answer = cast.as_("maria").get("/api/v1/search", params={"q": query})
    assert (answer.status_code, answer.json()["code"]) == (422, "empty_query")


def test_unknown_addresses_are_problems_too(cast: Cast) -> None:
    client = cast.as_("ratna")
    assert client.get("/api/v1/nothing").json()["code"] == "not_found"
    assert client.get("/api/v1/lines/none/audio").json()["code"] == "not_found"
    assert client.put("/api/v1/me").json()["code"] == "method_not_allowed"
    assert client.get("/tidak/ada").json()["code"] == "not_found"


def test_a_person_who_mistypes_an_address_gets_the_page(cast: Cast) -> None:
    client = cast.as_("")
    browser = {"Accept": "text/html,application/xhtml+xml"}
    answer = client.get("/tidak/ada", headers=browser)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<html lang="id"' in answer.text
    assert client.get("/api/v1/nothing", headers=browser).json()["code"] == "not_found"
    assert client.get("/assets/nothing.js", headers=browser).json()["code"] == "not_found"


@pytest.mark.parametrize(
    "path",
    [
        *["/masuk", "/rapat", "/rapat/x", "/rapat/x/ruang", "/arsip", "/arsip/x", "/undangan/x"],
        *["/direktori", "/direktori/orang", "/direktori/impor", "/akun", "/sandi/x"],
    ],
)
def test_the_page_answers_at_every_address_it_knows(cast: Cast, path: str) -> None:
    answer = cast.as_("").get(path)
    assert answer.status_code == 200
    assert '<html lang="id"' in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_assets_may_be_kept_forever(cast: Cast) -> None:
    client = cast.as_("")
    script = client.get("/masuk").text.split('src="')[1].split('"')[0]
    answer = client.get(script)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/assets/../../pyproject.toml").status_code == 404


def test_every_operation_is_described(cast: Cast) -> None:
    described = cast.as_("").get("/api/v1/openapi.json").json()
    for path in described["paths"].values():
        for operation in path.values():
            assert operation["summary"]
