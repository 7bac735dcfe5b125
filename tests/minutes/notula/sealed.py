"""A sealed notula, made as the server makes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minutes.notula.canonical import sha256
from minutes.notula.content import Content, Decision, Voting
from minutes.notula.evidence import Recorded, Spoken, evidence
from minutes.notula.sealing import approved, seal, signature

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
CODE = "ABCD-EFGH-IJKL-MNOP"
LINES = (
    Spoken(
        "l1", "kursi-1", "KPU RI", "Ratna", "Anggota", 1000, 4000, "Kita putuskan begitu.", "Kita putus kan begitu."
    ),
    Spoken("l2", "kursi-2", "KPU Kaltara", None, None, 5000, 6000, "Setuju.", "Setuju."),
)


def content(**fields: Any) -> Content:
    said: dict[str, Any] = {
        "meeting_id": "rapat-1",
        "title": "Rapat Uji “Ketahanan” 📄",
        "starts": datetime(2026, 3, 2, 2, 0, tzinfo=UTC),
        "ends": datetime(2026, 3, 2, 3, 0, tzinfo=UTC),
        "zones": ("Asia/Jakarta",),
        "host": "KPU RI",
        "decisions": (Decision(id="k1", text="Verifikasi selesai tanggal 9 Maret 2026.", cites=("l1",)),),
        "votes": (Voting(question="Setuju?", method="hands", at=12.345, yes=3, no=0, abstain=1),),
    }
    return Content(**{**said, **fields})


def document(version: int = 1, previous: str | None = None, code: str = CODE, **fields: Any) -> dict[str, Any]:
    proof = evidence(LINES, frozenset({"l1"}), [Recorded("t", "000001.webm", 3, "0" * 64)])
    return approved(content(**fields), proof, code, version, previous, "f" * 64)


def sealed(
    version: int = 1, previous: str | None = None, code: str = CODE, key: Ed25519PrivateKey = KEY, **fields: Any
) -> bytes:
    made = document(version, previous, code, **fields)
    of = sha256(made)
    signed = [signature("minute_taker", "Dewi", "Notulis", 1, of), signature("chair", "Ratna", "Ketua", 2, of)]
    return seal(made, signed, key)
