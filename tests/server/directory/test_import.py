"""Imports over HTTP: a preview writes nothing, what is applied is what was seen, and all of it or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from server.directory.importing.desk import Desk
from server.directory.importing.reading import MOST_BYTES
from tests.server.directory.conftest import Directory
from tests.server.directory.test_reading import xlsx

API = "/api/v1/directory"
HEADER = "Nama pengguna;Nama;Satker;Jabatan;Mulai;Aktif"
OFFICES = "Kode;Nama satker;Berlaku sejak"


def preview(client: TestClient, kind: str, content: bytes | str) -> dict[str, Any]:
    answer = client.post(f"{API}/imports/{kind}/preview", content=content)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def apply(client: TestClient, kind: str, content: bytes | str, token: str, **more: Any) -> Any:
    return client.post(f"{API}/imports/{kind}", content=content, params={"token": token, **more})


def counts(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(told["counts"][each] for each in ("new", "changed", "same", "wrong"))


def test_regencies_come_by_code_and_name(directory: Directory) -> None:
    admin = directory.as_("admin")
    content = xlsx(["Kode", "Nama satker"], ["51.01", "KPU Kabupaten Jembrana"], [5102, "KPU Kabupaten Tabanan"])
    seen = preview(admin, "offices", content)
    assert counts(seen) == (2, 0, 0, 0)
    asked = {"parent": "bali", "level": "kabkota"}
    assert admin.get(f"{API}/offices", params=asked).json()["total"] == 0
    assert apply(admin, "offices", content, seen["token"]).json()["counts"]["new"] == 2
    found = admin.get(f"{API}/offices", params=asked).json()["items"]
    assert [(each["name"], each["code"], each["zone"], each["parent"]) for each in found] == [
        ("KPU Kabupaten Jembrana", "51.01", "Asia/Makassar", "KPU Bali"),
        ("KPU Kabupaten Tabanan", "51.02", "Asia/Makassar", "KPU Bali"),
    ]
    assert counts(preview(admin, "offices", content)) == (0, 0, 2, 0)


def test_wrong_rows_are_told_and_only_the_right_ones_come_if_one_says_so(directory: Directory) -> None:
    dewi = directory.as_("dewi")
    content = f"{HEADER}\nnyoman;I Nyoman Suardika;KPU Bali;Anggota;;\nketut;Ketut;KPU Blai;Anggota;;\n"
    seen = preview(dewi, "people", content)
    assert counts(seen) == (1, 0, 0, 1)
    (wrong,) = seen["rows"][0]["wrong"]
    assert (seen["rows"][0]["number"], wrong["column"], wrong["code"]) == (3, "Satker", "unknown_office")
    assert "KPU Blai" in wrong["detail"]
    refused = apply(dewi, "people", content, seen["token"])
    assert (refused.status_code, refused.json()["code"]) == (409, "rows_wrong")
    assert dewi.get(f"{API}/people", params={"q": "nyoman"}).json()["total"] == 0
    assert apply(dewi, "people", content, seen["token"], partial=True).json()["counts"]["new"] == 1
    (made,) = dewi.get(f"{API}/people", params={"q": "nyoman"}).json()["items"]
    assert (made["office"], made["position"], made["role"]) == ("KPU Bali", "Anggota", "participant")
    assert dewi.get(f"{API}/people", params={"q": "ketut"}).json()["total"] == 0


def test_another_file_and_a_directory_that_changed_are_refused(directory: Directory) -> None:
    admin = directory.as_("admin")
    content = f"{HEADER}\ngede;Gede;KPU Bali;Anggota;;\n"
    seen = preview(admin, "people", content)
    other = apply(admin, "people", content + "putu;Putu;KPU Bali;Anggota;;\n", seen["token"])
    assert (other.status_code, other.json()["code"]) == (409, "other_table")
    elsewhere = apply(directory.as_("dewi"), "people", content, seen["token"])
    assert elsewhere.json()["code"] == "directory_changed"  # what one has seen another has not
    directory.added("selang")
    changed = apply(admin, "people", content, seen["token"])
    assert (changed.status_code, changed.json()["code"]) == (409, "directory_changed")
    assert "pratinjau baru" in changed.json()["detail"]
    again = preview(admin, "people", content)
    assert apply(admin, "people", content, again["token"]).status_code == 200
    assert apply(admin, "people", content, again["token"]).json()["code"] == "directory_changed"


def test_who_is_moved_and_who_is_disabled_by_a_table(directory: Directory) -> None:
    client = directory.with_password("dipindah", position={"valid_from": "2025-01-06"})
    gone = directory.with_password("dicabut")
    admin = directory.as_("admin")
    content = (
        f"{HEADER}\ndipindah;Dipindah;bali;Kepala Bagian;2026-01-05;\ndicabut;Dicabut;kaltara;Staf Pelaksana;;tidak\n"
    )
    seen = preview(admin, "people", content)
    assert counts(seen) == (0, 2, 0, 0)
    told = {
        each["label"]: [(one["column"], one["before"], one["after"]) for one in each["changes"]]
        for each in seen["rows"]
    }
    assert told["Dicabut"] == [("Aktif", "ya", "tidak")]
    assert apply(admin, "people", content, seen["token"]).status_code == 200
    assert gone.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me").json()["office"]["id"] == "bali"
    person = admin.get(f"{API}/people", params={"q": "dipindah"}).json()["items"][0]
    posts = admin.get(f"{API}/people/{person['id']}").json()["positions"]
    assert [(each["office_id"], each["valid_from"], each["valid_until"]) for each in posts] == [
        ("bali", "2026-01-05", None),
        ("kaltara", "2025-01-06", "2026-01-04"),
    ]


@pytest.mark.parametrize("kind", ["offices", "people"])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_what_is_taken_out_comes_back_unchanged(directory: Directory, kind: str, format: str) -> None:
    directory.added(f"rumus-{kind}-{format}", name="=HYPERLINK(1)", position={"title": "+62 Staf"})
    admin = directory.as_("admin")
    content = admin.get(f"{API}/exports/{kind}", params={"format": format}).content
    assert b"=HYPERLINK" not in content.replace(b"'=HYPERLINK", b"")
    seen = preview(admin, kind, content)
    assert [each for each in seen["rows"] if each["outcome"] != "same"] == []
    assert seen["counts"]["same"] > 5
    assert apply(admin, kind, content, seen["token"]).status_code == 200


def test_a_secretariat_takes_out_and_brings_in_its_own_people_only(directory: Directory) -> None:
    yusuf = directory.as_("yusuf")
    text = yusuf.get(f"{API}/exports/people", params={"format": "csv"}).text
    assert "maria;" in text
    assert "wulan;" not in text
    assert "ratna;" not in text
    content = f"{HEADER}\nwulan;Wulan Prasetyo;kaltara;Staf;2026-01-05;\nlaode;La Ode;sumbar;Staf;;\n"
    seen = preview(yusuf, "people", content)
    assert [each["wrong"][0]["code"] for each in seen["rows"]] == ["out_of_reach", "out_of_reach"]
    assert yusuf.post(f"{API}/imports/offices/preview", content=f"{OFFICES}\n65.02;KPU Malinau;").status_code == 403


def test_what_a_secretariat_takes_out_comes_back_with_posts_elsewhere(directory: Directory) -> None:
    person = directory.added("merangkap", "kpuri", position={"valid_from": "2026-01-05"})
    post = {"office_id": "kaltara", "title": "Sekretaris", "kind": "plt", "valid_from": "2026-01-12"}
    url = f"{API}/people/{person['id']}/positions"
    assert directory.as_("admin").post(url, json={**post, "version": 1}).status_code == 201
    yusuf = directory.as_("yusuf")
    content = yusuf.get(f"{API}/exports/people", params={"format": "csv"}).content
    assert content.count(b"merangkap;") == 2
    assert [each for each in preview(yusuf, "people", content)["rows"] if each["outcome"] != "same"] == []


def test_a_template_is_to_be_had_by_who_keeps_people(directory: Directory) -> None:
    answer = directory.as_("yusuf").get(f"{API}/imports/people/template")
    assert answer.headers["content-disposition"] == 'attachment; filename="templat-orang.xlsx"'
    assert directory.as_("maria").get(f"{API}/imports/people/template").status_code == 403
    assert directory.as_("maria").get(f"{API}/exports/people").status_code == 403


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"x" * (MOST_BYTES + 1), 413, "table_too_big"),
        (b"", 422, "empty_table"),
        (b"Nama;Umur\nMaria;40", 422, "columns_missing"),
        (b"PK\x03\x04", 422, "broken_xlsx"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    directory: Directory, content: bytes, status: int, code: str
) -> None:  # fmt: skip
    refused = directory.as_("admin").post(f"{API}/imports/people/preview", content=content)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.json()["detail"]


def test_five_thousand_people_come_in_one_go(directory: Directory) -> None:
    """All of them in one transaction, and none when one row is wrong."""
    admin = directory.as_("admin")
    rows = "".join(f"massal{n};Orang Massal {n};kpuri;Staf;;\n" for n in range(5_000))
    content = f"{HEADER}\n{rows}"
    seen = preview(admin, "people", content)
    assert counts(seen) == (5_000, 0, 0, 0)
    assert len(seen["rows"]) == 1_000
    assert apply(admin, "people", content, seen["token"]).status_code == 200
    found = admin.get(f"{API}/people", params={"q": "massal", "page": 100}).json()
    assert (found["total"], len(found["items"])) == (5_000, 50)


class Watched(ThreadPoolExecutor):
    """A line that does something whenever somebody gets into it."""

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__(max_workers=1)
        self._look = look

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._look()
        return super().submit(fn, *args, **kwargs)


def at(directory: Directory, desk: Desk, request: pytest.FixtureRequest) -> None:
    """Let tables be read there for the rest of a test."""
    state = directory.cast.app.state
    former = state.services
    state.services = replace(former, tables=desk)
    request.addfinalizer(lambda: setattr(state, "services", former))
    request.addfinalizer(desk.close)


def test_whoever_waits_in_line_lets_others_write(directory: Directory, request: pytest.FixtureRequest) -> None:
    path = Path(directory.cast.settings.database_url.split("///", 1)[1])
    changes: list[str] = []

    def write() -> None:
        with closing(sqlite3.connect(path, timeout=0)) as other:  # refused at once while anybody holds the lock
            other.execute("BEGIN IMMEDIATE")
            for each in changes:
                other.execute(each)
            other.commit()

    directory.added("menyela")
    admin = directory.as_("admin")
    content = f"{HEADER}\nantre;Antre;KPU Bali;Anggota;;\n"
    token = preview(admin, "people", content)["token"]
    with Watched(write) as line:
        at(directory, Desk(line), request)
        changes.append("UPDATE person SET version = version + 1 WHERE username = 'menyela'")
        late = apply(admin, "people", content, token)
        assert (late.status_code, late.json()["code"]) == (409, "directory_changed")
        changes.clear()
        again = preview(admin, "people", content)
        assert apply(admin, "people", content, again["token"]).status_code == 200


def test_too_many_at_once_are_told_so_and_not_of_signing_in(
    directory: Directory, request: pytest.FixtureRequest
) -> None:
    admin = directory.as_("admin")
    at(directory, Desk(most_waiting=0), request)
    refused = admin.post(f"{API}/imports/people/preview", content=f"{HEADER}\ngede;Gede;KPU Bali;Anggota;;\n")
    assert (refused.status_code, refused.json()["code"]) == (429, "import_busy")
