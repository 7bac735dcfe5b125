"""Anybody, without an account: by the code on the paper, by the file, on a page or offline."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from minutes.notula import journal, versions
from minutes.notula.checking import checked
from minutes.notula.keys import fingerprint, private_key
from minutes.notula.sealing import digest_of
from server.cli import main
from server.notulas.verification_endpoints import MOST_FILES
from tests.minutes.notula.sealed import sealed as another
from tests.server.notulas.conftest import Table

ADDRESS = "/api/v1/verification"


@pytest.fixture(autouse=True)
def fresh(sealed: Table) -> None:
    for key in ("verify:testclient", "verify-file:testclient"):
        sealed.cast.app.state.services.throttle.succeeded(key)


def kept(table: Table, name: str) -> bytes:
    return (table.cast.settings.data / "notulas" / table.meeting / "1" / name).read_bytes()


def document(table: Table) -> bytes:
    return table.client("dewi").get(f"{table.path}/versions/1").content


def asked(table: Table, data: bytes) -> dict[str, Any]:
    answer = table.client("").post(ADDRESS, content=data)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_code_tells_what_stands_on_the_paper(sealed: Table) -> None:
    signed = sealed.get()
    typed = signed["code"].lower().replace("-", " ")
    told = sealed.client("").get(f"{ADDRESS}/{typed}").json()
    assert (told["code"], told["sha256"], told["version"]) == (signed["code"], signed["sha256"], 1)
    assert (told["title"], told["date"], told["state"]) == ("Rapat Uji", "2026-03-02", "signed")
    assert [each["name"] for each in told["signers"]] == ["Dewi Anggraini", "Ratna Wulandari"]
    assert (told["superseded_by"], told["revoked"]) == (None, False)
    for code in ("AAAA-BBBB-CCCC-DDDD", "x", "%00", signed["code"][:-1] + "1"):
        assert sealed.client("").get(f"{ADDRESS}/{code}").json()["code"] == "unknown_code"


def test_files_that_were_given_out_match(sealed: Table) -> None:
    code = sealed.get()["code"]
    for kind, data in (
        ("json", document(sealed)),
        ("pdf", kept(sealed, "notula.pdf")),
        ("docx", kept(sealed, "notula.docx")),
    ):
        told = asked(sealed, data)
        assert (told["matches"], told["kind"], told["code"], told["why"]) == (True, kind, code, "")
        assert told["sha256"] == hashlib.sha256(data).hexdigest()


def test_a_changed_byte_is_found_in_every_kind_of_file(sealed: Table) -> None:
    for data in (document(sealed), kept(sealed, "notula.pdf"), kept(sealed, "notula.docx")):
        changed = bytearray(data)
        changed[len(data) // 2] ^= 1
        told = asked(sealed, bytes(changed))
        assert (told["matches"], told["of"]) == (False, None)
        assert told["why"] in ("changed", "not_sealed", "not_kept")
        sealed.cast.app.state.services.throttle.succeeded("verify-file:testclient")


def test_what_is_not_ours_does_not_match(sealed: Table) -> None:
    own = private_key(sealed.cast.settings.data)
    for data, why in (
        (another(), "other_key"),
        (another(key=own), "not_kept"),  # somebody has the key, and the archive knows nothing of it
        (b"", "unknown"),
        (b"MZ", "unknown"),
        (b"%PDF-1.7\n", "not_sealed"),
        (b"PK\x03\x04", "not_kept"),
        (b"{}", "not_sealed"),
    ):
        told = asked(sealed, data)
        assert (told["matches"], told["why"]) == (False, why)


def test_files_are_limited_in_size_and_number(sealed: Table) -> None:
    client = sealed.client("")
    assert client.post(ADDRESS, content=b"a" * ((32 << 20) + 1)).status_code == 413
    for _ in range(MOST_FILES - 1):
        assert client.post(ADDRESS, content=b"").status_code == 200
    assert client.post(ADDRESS, content=b"").json()["code"] == "too_many_attempts"


def test_codes_cannot_be_tried_out(sealed: Table) -> None:
    client = sealed.client("")
    answers = [client.get(f"{ADDRESS}/AAAA-AAAA-AAAA-AAAA").status_code for _ in range(61)]
    assert answers == [404] * 60 + [429]


def test_exports_are_a_chain_from_the_seal(sealed: Table) -> None:
    async def exports() -> list[Any]:
        async with sealed.cast.app.state.services.sessions() as session:
            return list(await versions.exports(session, sealed.meeting))

    docx, pdf = sealed.cast.portal.call(exports)
    digest = sealed.get()["sha256"]
    assert (docx.previous, pdf.previous) == (digest, docx.hash)
    assert [journal.export_hashed(each, digest) for each in (docx, pdf)] == [docx.hash, pdf.hash]
    assert pdf.sha256 == hashlib.sha256(kept(sealed, "notula.pdf")).hexdigest()


@pytest.fixture
def offline(sealed: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder far from the server: the files that were given out, and its public key."""
    monkeypatch.setenv("RAKOR_DATA", str(tmp_path / "nothing"))
    (tmp_path / "notula.json").write_bytes(document(sealed))
    (tmp_path / "notula.pdf").write_bytes(kept(sealed, "notula.pdf"))
    (tmp_path / "seal.pub").write_bytes((sealed.cast.settings.data / "seal.pub").read_bytes())
    return tmp_path


def verify(folder: Path, *files: str, key: str = "seal.pub") -> tuple[int, str]:
    told = CliRunner().invoke(main, ["verify", *(str(folder / each) for each in files), "--key", str(folder / key)])
    return told.exit_code, told.output


def test_files_are_verified_offline(sealed: Table, offline: Path) -> None:
    code, said = verify(offline, "notula.json", "notula.pdf")
    assert code == 0, said
    assert said.count("SESUAI") == 2
    assert "Ratna Wulandari" in said
    (offline / "lain.txt").write_text("bukan notula")
    assert verify(offline, "lain.txt")[0] == 2
    assert verify(offline, "tidak-ada.pdf")[0] == 2
    assert verify(offline, "notula.pdf", key="notula.pdf")[0] == 2
    assert CliRunner().invoke(main, ["verify", str(offline / "notula.pdf")]).exit_code == 2, "whose key is not known"


def test_every_byte_of_the_pdf_counts(sealed: Table, offline: Path) -> None:
    """Through the whole file, and each byte of the seal itself."""
    data = kept(sealed, "notula.pdf")
    key = private_key(sealed.cast.settings.data).public_key()
    assert checked(data, key).why == ""
    seal = data.index(b"/PieceInfo")
    for at in sorted({*range(0, len(data), len(data) // 80), *range(seal, seal + 200, 5), len(data) - 1}):
        changed = bytearray(data)
        changed[at] ^= 1
        assert checked(bytes(changed), key).sealed is None, at
    for other in (data + b"\n", data[:-1], data + data):
        assert checked(other, key).sealed is None
    (offline / "berubah.pdf").write_bytes(data.replace(b"/Rakor", b"/Rekor"))
    (offline / "tambah.json").write_bytes(document(sealed) + b" ")
    assert verify(offline, "berubah.pdf")[0] == 1
    assert verify(offline, "tambah.json")[0] == 1


def test_a_chain_of_versions_is_verified_offline(offline: Path) -> None:
    key = private_key(offline / "kunci")
    first = another(key=key)
    second = another(2, digest_of(first), "BBBB", key)
    third = another(3, digest_of(second), "CCCC", key)
    for number, data in enumerate((first, second, third), 1):
        (offline / f"{number}.json").write_bytes(data)
    assert verify(offline, "3.json", "1.json", "2.json", key="kunci/seal.pub")[0] == 0
    code, said = verify(offline, "1.json", "3.json", key="kunci/seal.pub")
    assert (code, "terputus" in said) == (1, True)


def test_a_pdf_around_another_json_is_found_out(sealed: Table, offline: Path) -> None:
    """Whoever takes our pages and attaches what somebody else has sealed."""
    pdf = b"%PDF-1.7\n" + kept(sealed, "notula.pdf")[:100]
    (offline / "palsu.pdf").write_bytes(pdf)
    assert verify(offline, "palsu.pdf")[0] == 1


def test_the_key_tells_its_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAKOR_DATA", str(tmp_path))
    told = CliRunner().invoke(main, ["seal-key"])
    assert told.exit_code == 0
    assert fingerprint(private_key(tmp_path).public_key()) in told.output
