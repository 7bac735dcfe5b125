"""Uploads over HTTP: who may, what is refused, and tus 1.0 as its clients expect it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from server.auth import accounts
from server.demo.people import PASSWORD
from server.uploads.endpoints import MOST_AT_ONCE
from server.uploads.receiving import RESERVE
from server.uploads.tus import CONTENT
from tests.server.conftest import Cast
from tests.server.uploads.sending import BODY, VERSION, announced, offset, reached, sent

GB = 10**9


@pytest.fixture
def dewi(cast: Cast) -> Iterator[TestClient]:
    """The secretariat; nothing of hers is left behind."""
    client = cast.as_("dewi")
    yield client
    for upload in client.get("/api/v1/uploads").json()["items"]:
        client.delete(f"/api/v1/uploads/{upload['id']}")


@pytest.fixture
def stranger(cast: Cast) -> TestClient:
    """The secretariat of another office."""
    new = accounts.NewAccount("sekre-sumbar", "Sari Wibowo", "Sekretaris", "sumbar", "secretariat", PASSWORD)

    async def make() -> None:
        services = cast.app.state.services
        async with services.sessions.begin() as session:
            await accounts.create(session, new, datetime.now(UTC))

    if new.username not in cast.cookies:
        cast.portal.call(make)
    return cast.as_(new.username)


def test_an_upload_goes_on_where_it_was(dewi: TestClient) -> None:
    file = announced(dewi)
    assert offset(dewi, file) == 0
    assert sent(dewi, file, 0, b"rapat-") == (204, "6", "")
    assert offset(dewi, file) == 6
    assert sent(dewi, file, 0, b"rapat-") == (409, None, "wrong_offset")
    assert sent(dewi, file, 8, b"x") == (409, None, "wrong_offset")
    (shown,) = dewi.get("/api/v1/uploads").json()["items"]
    assert (shown["state"], shown["received"], shown["share"], shown["meeting_id"]) == ("receiving", 6, 0.6, None)
    assert shown["uploaded_by"] == "Dewi Anggraini"
    head = dewi.head(file, headers=VERSION).headers
    assert head["upload-length"] == "10"
    assert head["upload-expires"].endswith("GMT")


def test_more_than_was_announced_is_refused(dewi: TestClient) -> None:
    file = announced(dewi)
    assert sent(dewi, file, 0, b"rapat-yang-terlalu-panjang") == (413, None, "too_large")
    assert offset(dewi, file) == 0


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Tus-Resumable": "0.2.2"}, (412, "wrong_version")),
        ({"Content-Type": "application/octet-stream"}, (415, "unsupported_media")),
        ({"Origin": "https://evil.test"}, (403, "bad_origin")),
    ],
)
def test_a_part_in_another_wrapping_is_refused(
    dewi: TestClient, headers: dict[str, str], told: tuple[int, str]
) -> None:
    file = announced(dewi)
    given = {**VERSION, "Upload-Offset": "0", "Content-Type": CONTENT, **headers}
    answer = dewi.patch(file, content=b"rapat", headers=given)
    assert (answer.status_code, answer.json()["code"]) == told
    assert offset(dewi, file) == 0


@pytest.mark.parametrize("at", ["-1", "satu", "1e3", str(2**70)])
def test_a_place_that_is_none_is_refused(dewi: TestClient, at: str) -> None:
    file = announced(dewi)
    given = {**VERSION, "Upload-Offset": at, "Content-Type": CONTENT}
    assert dewi.patch(file, content=b"rapat", headers=given).status_code == 422


def test_a_client_can_ask_what_there_is(dewi: TestClient) -> None:
    answer = dewi.options(announced(dewi))
    assert answer.status_code == 204
    assert (answer.headers["tus-version"], answer.headers["tus-extension"]) == ("1.0.0", "expiration,termination")
    assert answer.headers["tus-max-size"] == str(16 * 10**9)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"file_name": "notula.docx"}, 422, "validation"),
        ({"file_name": "rapat"}, 422, "validation"),
        ({"file_name": "x" * 300 + ".mp4"}, 422, "validation"),
        ({"size": 0}, 422, "validation"),
        ({"size": 16 * 10**9 + 1}, 413, "too_large"),
        ({"title": "  "}, 422, "validation"),
        ({"starts_at": "2020-07-09T09:00:00"}, 422, "validation"),
        ({"starts_at": "2099-01-01T00:00:00Z"}, 422, "in_future"),
        ({"zone": "Mars/Base"}, 422, "unknown_zone"),
        ({"offices": ["atlantis"]}, 422, "unknown_office"),
        ({"surprise": 1}, 422, "validation"),
    ],
)
def test_a_bad_announcement_is_refused_with_a_reason(
    dewi: TestClient, change: dict[str, object], status: int, code: str
) -> None:
    answer = dewi.post("/api/v1/uploads", json={**BODY, **change})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert dewi.get("/api/v1/uploads").json()["items"] == []


def test_only_so_many_at_once(dewi: TestClient) -> None:
    for _ in range(MOST_AT_ONCE):
        announced(dewi)
    answer = dewi.post("/api/v1/uploads", json=BODY)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_uploads")


@pytest.fixture
def small_disk(cast: Cast) -> Iterator[None]:
    """18 GB of room for uploads."""
    receiving = cast.app.state.services.uploads.receiving
    plenty, receiving._free = receiving._free, lambda _: 18 * GB + RESERVE
    yield
    receiving._free = plenty


@pytest.mark.usefixtures("small_disk")
def test_there_must_be_room_for_what_was_announced_before(dewi: TestClient, stranger: TestClient) -> None:
    announced(dewi, size=10 * GB)
    answer = stranger.post("/api/v1/uploads", json={**BODY, "size": 9 * GB})
    assert (answer.status_code, answer.json()["code"]) == (507, "no_room")
    other = announced(stranger, size=8 * GB)
    assert stranger.delete(other, headers=VERSION).status_code == 204


@pytest.mark.usefixtures("small_disk")
def test_no_office_keeps_all_the_room_from_the_others(dewi: TestClient, stranger: TestClient) -> None:
    """A single recording may be as large as the room; more of them share half of it until they are sent."""
    file = announced(dewi, size=16 * GB)
    for size in (1, 2 * GB):
        answer = dewi.post("/api/v1/uploads", json={**BODY, "size": size})
        assert (answer.status_code, answer.json()["code"]) == (409, "too_much_announced")
    assert dewi.delete(file, headers=VERSION).status_code == 204
    first = announced(dewi, size=8 * GB)
    announced(dewi, size=1 * GB - 6)
    assert dewi.post("/api/v1/uploads", json=BODY).json()["code"] == "too_much_announced"
    assert sent(dewi, first, 0, b"rapat-")[0] == 204
    assert dewi.post("/api/v1/uploads", json={**BODY, "size": 12}).status_code == 201
    other = announced(stranger, size=8 * GB)
    assert stranger.delete(other, headers=VERSION).status_code == 204


@pytest.mark.parametrize(("who", "status"), [("", 401), ("maria", 403), ("wulan", 403)])
def test_only_who_prepares_meetings_uploads(cast: Cast, dewi: TestClient, who: str, status: int) -> None:
    file, client = announced(dewi), cast.as_(who)
    assert client.post("/api/v1/uploads", json=BODY).status_code == status
    assert client.get("/api/v1/uploads").status_code == status
    assert client.head(file, headers=VERSION).status_code == status
    assert sent(client, file, 0, b"x")[0] == status
    assert client.delete(file, headers=VERSION).status_code == status


def test_a_guest_uploads_nothing(cast: Cast) -> None:
    assert cast.guest_of(cast.new_meeting("kaltara")).post("/api/v1/uploads", json=BODY).status_code == 403


def test_another_office_does_not_learn_of_it(cast: Cast, dewi: TestClient, stranger: TestClient) -> None:
    file = announced(dewi)
    assert stranger.get("/api/v1/uploads").json()["items"] == []
    for method in ("HEAD", "DELETE"):
        assert stranger.request(method, file, headers=VERSION).status_code == 404
    assert sent(stranger, file, 0, b"x") == (404, None, "not_found")
    assert stranger.get(file.removesuffix("/file")).status_code == 404
    assert cast.as_("ratna").get(file.removesuffix("/file")).status_code == 200  # of the same office


def test_called_off_it_is_gone(dewi: TestClient, cast: Cast) -> None:
    file = announced(dewi)
    sent(dewi, file, 0, b"rapat-")
    assert dewi.delete(file, headers=VERSION).status_code == 204
    assert dewi.head(file, headers=VERSION).status_code == 404
    assert sent(dewi, file, 6, b"ini!") == (404, None, "not_found")
    assert not list(cast.settings.uploads.glob("*.part"))


def test_one_that_expired_is_gone(cast: Cast, dewi: TestClient) -> None:
    file = announced(dewi)
    uploads = cast.app.state.services.uploads
    later = datetime.now(UTC) + timedelta(days=8)
    today, uploads._now = uploads._now, lambda: later
    try:
        for _ in range(5):
            cast.portal.call(uploads.tick)
    finally:
        uploads._now = today
    assert dewi.head(file, headers=VERSION).status_code == 410
    assert sent(dewi, file, 0, b"x") == (410, None, "gone")
    shown = dewi.get(file.removesuffix("/file")).json()
    assert (shown["state"], shown["problem"], shown["expires_at"]) == ("failed", "expired", None)


def test_what_is_no_recording_fails_with_its_reason(dewi: TestClient) -> None:
    content = b"Notula rapat\n" * 1000
    file = announced(dewi, size=len(content))
    assert sent(dewi, file, 0, content) == (204, str(len(content)), "")
    shown = reached(dewi, file.removesuffix("/file"), "failed")
    assert (shown["problem"], shown["meeting_id"]) == ("not_media", None)
    assert "Rapat Koordinasi Lama" not in dewi.get("/api/v1/meetings?state=ended").text
    assert dewi.delete(file.removesuffix("/file")).status_code == 204
    assert dewi.get("/api/v1/uploads").json()["items"] == []
