"""Every endpoint against every kind of caller. An endpoint that is not in the table fails, so none is forgotten."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.server.conftest import Cast

# chair and secretariat of the host, participant of an invited office, participant of one that is not, a guest of
# another meeting, nobody. `{m}` is a meeting of KPU RI that invites Kaltara only; `{l}` a line of the archive.
CALLERS = ("ratna", "dewi", "maria", "wulan", "guest", "")
OK, NO, GONE, WHO = "2xx", "403", "404", "401"
EVERYBODY_IN = (OK, OK, OK, OK, OK, WHO)
TUS = {"Tus-Resumable": "1.0.0"}
TABLE: dict[tuple[str, str], tuple[object, tuple[str, ...]]] = {
    ("GET", "/api/v1/me"): (None, EVERYBODY_IN),
    ("GET", "/api/v1/offices"): (None, (OK, OK, OK, OK, NO, WHO)),
    ("GET", "/api/v1/meetings"): (None, EVERYBODY_IN),
    ("POST", "/api/v1/meetings"): (
        {"title": "Rapat", "starts_at": "2030-01-01T09:00:00Z", "offices": ["aceh"]},
        (OK, OK, NO, NO, NO, WHO),
    ),
    ("GET", "/api/v1/meetings/{meeting_id}"): (None, (OK, OK, OK, GONE, GONE, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/open"): (None, (OK, OK, NO, GONE, NO, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/invitations"): (
        {"name": "Tamu", "institution": "Bawaslu"},
        (OK, OK, NO, GONE, NO, WHO),
    ),
    ("GET", "/api/v1/meetings/{meeting_id}/media"): (None, (OK, OK, NO, GONE, NO, WHO)),
    ("GET", "/api/v1/meetings/{meeting_id}/course"): (None, (OK, OK, OK, GONE, GONE, WHO)),
    ("GET", "/api/v1/meetings/{meeting_id}/attendance"): (None, (OK, OK, OK, GONE, NO, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/attendance/corrections"): (
        {"kind": "office", "id": "kaltara", "set": {"status": "excused"}, "reason": "Surat izin"},
        (NO, OK, NO, GONE, NO, WHO),
    ),
    ("POST", "/api/v1/meetings/{meeting_id}/attendance/corrections/{number}/withdrawal"): (
        {"reason": "Keliru"},
        (NO, GONE, NO, GONE, NO, WHO),
    ),
    ("GET", "/api/v1/meetings/{meeting_id}/transcript"): (None, (OK, OK, OK, GONE, GONE, WHO)),
    ("GET", "/api/v1/meetings/{meeting_id}/notula"): (None, (GONE, GONE, GONE, GONE, GONE, WHO)),
    ("GET", "/api/v1/meetings/{meeting_id}/notula/people"): (None, (OK, OK, NO, GONE, NO, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/notula/draft"): ({}, (NO, "409", NO, GONE, GONE, WHO)),
    ("PUT", "/api/v1/meetings/{meeting_id}/notula/content"): ({}, (GONE, GONE, NO, GONE, GONE, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/notula/moves"): (
        {"move": "submit", "revision": 1},
        (GONE, GONE, NO, GONE, GONE, WHO),
    ),
    ("PUT", "/api/v1/meetings/{meeting_id}/notula/duties"): ({}, (GONE, GONE, NO, GONE, GONE, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/notula/proposals"): (
        {"statement": "k1", "text": "Lain", "why": "Keliru"},
        (GONE, GONE, NO, GONE, GONE, WHO),
    ),
    ("POST", "/api/v1/meetings/{meeting_id}/notula/proposals/{proposal_id}/answer"): (
        {"accept": True},
        (GONE, GONE, NO, GONE, GONE, WHO),
    ),
    ("POST", "/api/v1/meetings/{meeting_id}/notula/signatures"): (
        {"password": "salah", "sha256": "0" * 64},
        (GONE, GONE, NO, GONE, NO, WHO),
    ),
    ("GET", "/api/v1/meetings/{meeting_id}/notula/versions/{number}"): (None, (GONE, GONE, GONE, GONE, GONE, WHO)),
    ("GET", "/api/v1/meetings/{meeting_id}/notula/compare"): (None, ("422",) * 5 + (WHO,)),
    ("GET", "/api/v1/meetings/{meeting_id}/notula/differences"): (None, (GONE, GONE, GONE, GONE, GONE, WHO)),
    # Of a kind that there is not: who is let in to those that there are is shown in `documents` and `numbering`.
    ("GET", "/api/v1/meetings/{meeting_id}/documents/{kind}.{form}"): (None, ("422",) * 5 + (WHO,)),
    ("GET", "/api/v1/meetings/{meeting_id}/numbers"): (None, (OK, OK, OK, GONE, NO, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/numbers/{kind}"): ({}, ("422", "422", "422", "422", NO, WHO)),
    ("GET", "/api/v1/offices/{office_id}/numbering"): (None, (GONE, GONE, OK, GONE, NO, WHO)),
    ("PUT", "/api/v1/offices/{office_id}/numbering"): ({}, ("422", "422", "422", "422", NO, WHO)),
    ("GET", "/api/v1/verification/{code}"): (None, (GONE,) * 6),
    ("POST", "/api/v1/verification"): (None, (OK,) * 6),
    ("POST", "/api/v1/meetings/{meeting_id}/end"): (None, (OK, OK, NO, GONE, NO, WHO)),
    ("GET", "/api/v1/meetings/{meeting_id}/transcript.{kind}"): (None, (OK, OK, OK, GONE, GONE, WHO)),
    ("GET", "/api/v1/meetings/{meeting_id}/sound"): (None, ("409", "409", "409", GONE, GONE, WHO)),  # it goes on
    ("GET", "/api/v1/meetings/{meeting_id}/peaks"): (None, ("409", "409", "409", GONE, GONE, WHO)),
    ("GET", "/api/v1/lines/{line_id}/audio"): (None, (OK, OK, OK, OK, GONE, WHO)),
    ("GET", "/api/v1/lines/{line_id}/heard-by"): (None, (OK, OK, OK, OK, GONE, WHO)),
    ("PATCH", "/api/v1/lines/{line_id}/speaker"): ({"name": "Siapa"}, (NO, "409", NO, NO, NO, WHO)),
    ("GET", "/api/v1/lines/{line_id}/history"): (None, (NO, OK, NO, NO, NO, WHO)),
    ("POST", "/api/v1/meetings/{meeting_id}/edits"): (
        {"kind": "undo", "id": "suntingan-1", "edit": "tidak-ada"},
        (NO, GONE, NO, GONE, NO, WHO),
    ),
    ("POST", "/api/v1/meetings/{meeting_id}/edits/preview"): (
        {"find": "rapat", "put": "Rapat"},
        (NO, OK, NO, GONE, NO, WHO),
    ),
    ("GET", "/api/v1/follow-ups"): (None, (OK, OK, OK, OK, NO, WHO)),
    ("GET", "/api/v1/follow-ups/board"): (None, (OK, OK, OK, OK, NO, WHO)),
    ("GET", "/api/v1/follow-ups/export"): (None, (OK, OK, OK, OK, NO, WHO)),
    ("GET", "/api/v1/follow-ups/{item_id}"): (None, (GONE, GONE, GONE, GONE, NO, WHO)),
    ("POST", "/api/v1/follow-ups/{item_id}/moves"): (
        {"move": "start", "version": 1},
        (GONE, GONE, GONE, GONE, NO, WHO),
    ),
    ("POST", "/api/v1/follow-ups/{item_id}/evidence"): (None, ("422",) * 4 + (NO, WHO)),
    ("POST", "/api/v1/follow-ups/{item_id}/links"): (
        {"version": 1, "name": "Surat", "url": "https://kpu.example"},
        (GONE, GONE, GONE, GONE, NO, WHO),
    ),
    ("GET", "/api/v1/follow-ups/{item_id}/evidence/{evidence_id}"): (None, (GONE, GONE, GONE, GONE, NO, WHO)),
    ("DELETE", "/api/v1/follow-ups/{item_id}/evidence/{evidence_id}"): (None, ("422",) * 4 + (NO, WHO)),
    ("GET", "/api/v1/search"): (None, EVERYBODY_IN),
    ("GET", "/api/v1/uploads"): (None, (OK, OK, NO, NO, NO, WHO)),
    ("POST", "/api/v1/uploads"): ({"title": "Rapat"}, ("422", "422", NO, NO, NO, WHO)),
    ("GET", "/api/v1/uploads/{upload_id}"): (None, (GONE, GONE, NO, NO, NO, WHO)),
    ("DELETE", "/api/v1/uploads/{upload_id}"): (None, (GONE, GONE, NO, NO, NO, WHO)),
    ("HEAD", "/api/v1/uploads/{upload_id}/file"): (None, (GONE, GONE, NO, NO, NO, WHO)),
    ("PATCH", "/api/v1/uploads/{upload_id}/file"): (None, ("422", "422", NO, NO, NO, WHO)),
    ("DELETE", "/api/v1/uploads/{upload_id}/file"): (None, (GONE, GONE, NO, NO, NO, WHO)),
    ("OPTIONS", "/api/v1/uploads/{upload_id}/file"): (None, (OK,) * 6),
    ("POST", "/api/v1/session"): ({"username": "siapa", "password": "salah"}, (WHO,) * 6),
    ("POST", "/api/v1/invitations/accept"): ({"token": "palsu"}, ("410",) * 6),
    ("POST", "/api/v1/password/reset-link"): ({"token": ""}, ("422",) * 6),
    ("POST", "/api/v1/password"): ({"token": "", "password": ""}, ("422",) * 6),
    ("POST", "/api/v1/me/password"): ({}, ("422", "422", "422", "422", NO, WHO)),
    ("GET", "/api/v1/directory/offices"): (None, (NO, OK, NO, NO, NO, WHO)),
    ("POST", "/api/v1/directory/offices"): ({}, (NO, NO, NO, NO, NO, WHO)),
    ("PUT", "/api/v1/directory/offices/{office_id}"): ({}, (NO, NO, NO, NO, NO, WHO)),
    ("GET", "/api/v1/directory/offices/{office_id}/people"): (None, (OK, OK, OK, GONE, NO, WHO)),
    ("GET", "/api/v1/directory/people"): (None, (NO, OK, NO, NO, NO, WHO)),
    ("POST", "/api/v1/directory/people"): ({}, (NO, "422", NO, NO, NO, WHO)),
    ("GET", "/api/v1/directory/people/{person_id}"): (None, (NO, OK, NO, NO, NO, WHO)),
    ("PUT", "/api/v1/directory/people/{person_id}"): ({}, (NO, "422", NO, NO, NO, WHO)),
    ("POST", "/api/v1/directory/people/{person_id}/positions"): ({}, (NO, "422", NO, NO, NO, WHO)),
    ("POST", "/api/v1/directory/people/{person_id}/reset"): (None, (NO, OK, NO, NO, NO, WHO)),
    ("PUT", "/api/v1/directory/positions/{position_id}"): ({}, (NO, "422", NO, NO, NO, WHO)),
    ("DELETE", "/api/v1/directory/positions/{position_id}"): (None, (NO, "422", NO, NO, NO, WHO)),
    ("GET", "/api/v1/directory/imports/{kind}/template"): (None, (NO, OK, NO, NO, NO, WHO)),
    ("GET", "/api/v1/directory/exports/{kind}"): (None, (NO, OK, NO, NO, NO, WHO)),
    ("POST", "/api/v1/directory/imports/{kind}/preview"): ({}, (NO, "422", NO, NO, NO, WHO)),
    ("POST", "/api/v1/directory/imports/{kind}"): ({}, (NO, "422", NO, NO, NO, WHO)),
    ("GET", "/healthz"): (None, (OK,) * 6),
    ("GET", "/metrics"): (None, (NO,) * 6),  # a token, or this machine, whoever is signed in
    ("DELETE", "/api/v1/session"): (None, (OK,) * 6),
}


def callers(cast: Cast, meeting: str) -> dict[str, TestClient]:
    other = cast.new_meeting("aceh")
    named = {name: cast.as_(name) for name in CALLERS if name != "guest"}
    return {**named, "guest": cast.guest_of(other)}


def test_every_endpoint_is_in_the_table(cast: Cast) -> None:
    described = cast.app.openapi()["paths"]
    served = {(method.upper(), path) for path, operations in described.items() for method in operations}
    assert served == set(TABLE)


@pytest.mark.parametrize("endpoint", TABLE, ids=lambda endpoint: " ".join(endpoint))
def test_an_endpoint_lets_in_who_may(cast: Cast, endpoint: tuple[str, str]) -> None:
    method, path = endpoint
    body, expected = TABLE[endpoint]
    meeting = cast.new_meeting("kaltara")
    if path.endswith(("/media", "/end")) or "/attendance" in path:
        assert cast.as_("dewi").post(f"/api/v1/meetings/{meeting}/open").status_code == 200
    line = cast.as_("dewi").get("/api/v1/meetings/demo-arsip/transcript?limit=1").json()["lines"][0]["id"]
    maria = {"office_id": "kaltara", "person_id": "demo-maria", "position_id": "demo-maria"}
    kind = "vtt" if "/transcript." in path else "people"
    none = {"item_id": "none", "evidence_id": "none"}
    ids = {"upload_id": "none", "proposal_id": "none", "number": 1, "code": "AAAA-BBBB-CCCC-DDDD", "form": "pdf"}
    address = path.format(meeting_id=meeting, line_id=line, kind=kind, **ids, **none, **maria)
    parameters = {"q": "sengketa"} if path.endswith("/search") else None
    got = []
    everybody = callers(cast, meeting)
    for name in CALLERS:
        answer = everybody[name].request(method, address, json=body, params=parameters, headers=TUS)
        got.append(OK if answer.is_success else str(answer.status_code))
        if not answer.is_success:
            assert answer.headers["content-type"] == "application/problem+json"
            assert method == "HEAD" or set(answer.json()) == {"title", "status", "code", "detail"}
    assert tuple(got) == expected
    if method == "DELETE":
        cast.cookies.clear()
