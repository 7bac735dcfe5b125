"""`rakor verify` and `rakor seal-key`: is a file what was sealed? Without a server, without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from rich.markup import escape

from minutes.notula.checking import chained, checked
from minutes.notula.documents.container import MOST_BYTES
from minutes.notula.keys import PUBLIC, BadKey, fingerprint, private_key, public_key
from minutes.notula.sealing import Sealed
from server.terminal import err, fail, out, read_settings

MATCHES, DIFFERS, UNREADABLE = 0, 1, 2
WHY = {
    "unknown": "bukan PDF atau JSON notula Rakor",
    "not_sealed": "tidak memuat segel Rakor yang utuh",
    "changed": "isinya berbeda dari yang disegel",
    "other_key": "disegel dengan kunci lain",
    "not_signed": "tidak memuat tanda tangan dua pihak",
    "docx": "DOCX tidak memuat segel: periksa di halaman verifikasi, atau periksa PDF-nya",
}
DUTIES = {"minute_taker": "Notulis", "chair": "Pimpinan rapat"}
METHOD = "Segel elektronik internal (tidak tersertifikasi). Apakah dicabut atau diralat, hanya server yang tahu."
CHAIN = {
    "other_meeting": "Berkas-berkas ini dari rapat yang berbeda, jadi bukan rangkaian versi.",
    "broken": "Rangkaian versi terputus: ada versi yang hilang, atau bukan lanjutan dari versi sebelumnya.",
}
KeyFile = Annotated[Path | None, typer.Option("--key", help="Public key, `seal.pub`; without it this installation's")]


def verify(
    files: Annotated[list[Path], typer.Argument(help="Sealed notulas, PDF or JSON; of several the chain is checked")],
    key: KeyFile = None,
) -> None:
    """Say whether files are sealed notulas, to the byte. Exit code 0: all match; 1: not; 2: cannot be read."""
    trusted = _trusted(key)
    found = [_said(file, trusted) for file in files]
    sealed = [each for each in found if isinstance(each, Sealed)]
    broken = chained(sealed) if len(sealed) > 1 else None
    if broken is not None:
        err.print(f"[red]{CHAIN[broken]}[/red]", highlight=False)
    elif len(sealed) > 1:
        out.print("Rangkaian versi utuh.")
    codes = [each for each in found if isinstance(each, int)]
    sys.exit(max([MATCHES, *codes, DIFFERS if broken is not None else MATCHES]))


def seal_key() -> None:
    """Print the fingerprint of the key that seals notulas here; the key is made where there is none."""
    data = read_settings().data.resolve()
    try:
        key = private_key(data).public_key()
    except BadKey as error:
        fail(str(error))
    out.print(f"Sidik jari kunci segel: [bold]{fingerprint(key)}[/bold]", highlight=False, soft_wrap=True)
    out.print(f"Kunci publik: {data / PUBLIC}", highlight=False, soft_wrap=True)


def _trusted(key: Path | None) -> Ed25519PublicKey:
    """Without a key that somebody trusts nothing can be said: a file brings along any key it likes."""
    file = key or read_settings().data.resolve() / PUBLIC
    try:
        return public_key(file)
    except BadKey as error:
        err.print(f"[red]{error}. Berikan kunci publik penerbit dengan --key seal.pub[/red]", highlight=False)
        sys.exit(UNREADABLE)


def _said(file: Path, key: Ed25519PublicKey) -> Sealed | int:
    """What a file is, told in a line; the exit code where it is not what was sealed."""
    try:
        data = file.read_bytes() if file.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        return _bad(file, f"tidak dapat dibaca: {error.strerror}", UNREADABLE)
    if data is None:
        return _bad(file, "lebih besar daripada 32 MB", UNREADABLE)
    result = checked(data, key)
    if result.sealed is None:
        unreadable = result.kind in ("unknown", "docx")
        why = WHY["docx"] if result.kind == "docx" else WHY[result.why]
        return _bad(file, why, UNREADABLE if unreadable else DIFFERS)
    _tell(file, result.sealed)
    return result.sealed


def _bad(file: Path, why: str, code: int) -> int:
    word = "TIDAK SESUAI" if code == DIFFERS else "TIDAK DAPAT DIPERIKSA"
    err.print(f"[red]{word}[/red] {escape(str(file))}: {why}", highlight=False, soft_wrap=True)
    return code


def _tell(file: Path, sealed: Sealed) -> None:
    said, content = sealed.document, sealed.content
    out.print(f"[green]SESUAI[/green] {escape(str(file))}", highlight=False, soft_wrap=True)
    out.print(
        f"  {escape(content.title)}, versi {said['version']}, kode {said['code']}", highlight=False, soft_wrap=True
    )
    for each in said["signatures"]:
        signer = f"{each['name']}, {each['position']}"
        out.print(f"  {DUTIES[each['duty']]}: {escape(signer)}", highlight=False, soft_wrap=True)
    out.print(f"  SHA-256 {sealed.sha256}", highlight=False, soft_wrap=True)
    out.print(f"  {METHOD}", highlight=False, soft_wrap=True)
