"""What the server refuses, as one tree; every leaf has a stable code and an HTTP status (RFC 9457).

RakorError
├── NotSignedIn         401 not_signed_in
├── WrongPassword       401 wrong_credentials
├── Forbidden           403 forbidden
├── NotAdmitted         403 (its own code)
├── BadOrigin           403 bad_origin
├── NotFound            404 not_found
├── Conflict            409 (its own code)
├── BadInvitation       410 invitation_invalid
├── BadReset            410 reset_invalid
├── Gone                410 gone
├── WrongVersion        412 wrong_version
├── TooLarge            413 too_large
├── UnsupportedMedia    415 unsupported_media
├── BadRequest          422 (its own code)
├── TooManyAttempts     429 too_many_attempts
├── Busy                503 busy
└── NoRoom              507 no_room

Errors of rooms (`Refused`), of the record and of search carry a `code` of their own and are mapped in `http.py`.
"""

from __future__ import annotations

from collections.abc import Mapping


class RakorError(Exception):
    """`detail` is for the person who asked, in Indonesian. `more`: further members of the problem document."""

    status = 500
    code = "internal"
    title = "Kesalahan pada peladen"

    def __init__(self, detail: str = "", code: str | None = None, more: Mapping[str, object] | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.more = more or {}
        if code is not None:
            self.code = code


class NotSignedIn(RakorError):
    status, code, title = 401, "not_signed_in", "Anda belum masuk."


class WrongPassword(RakorError):
    status, code, title = 401, "wrong_credentials", "Nama pengguna atau kata sandi salah."


class Forbidden(RakorError):
    status, code, title = 403, "forbidden", "Anda tidak berwenang melakukan ini."


class NotAdmitted(RakorError):
    """The password was right, so they may know why it does not help."""

    status, code, title = 403, "disabled", "Akun ini dinonaktifkan. Hubungi sekretariat kantor Anda."

    def __init__(self, code: str) -> None:
        none = "Akun ini tidak memiliki jabatan yang berlaku hari ini. Hubungi sekretariat kantor Anda."
        super().__init__(none if code == "no_position" else "", code)


class BadOrigin(RakorError):
    status, code, title = 403, "bad_origin", "Permintaan ini tidak berasal dari halaman Rakor."


class NotFound(RakorError):
    status, code, title = 404, "not_found", "Tidak ditemukan."


class Conflict(RakorError):
    status, code, title = 409, "conflict", "Tidak dapat dilakukan dalam keadaan sekarang."


class BadInvitation(RakorError):
    status, code, title = 410, "invitation_invalid", "Undangan ini tidak berlaku atau sudah lewat."


class BadReset(RakorError):
    status, code = 410, "reset_invalid"
    title = "Tautan ini sudah dipakai, diganti, atau lewat 24 jam. Minta tautan baru kepada sekretariat kantor Anda."


class Gone(RakorError):
    status, code, title = 410, "gone", "Sudah tidak ada."


class WrongVersion(RakorError):
    status, code, title = 412, "wrong_version", "Versi protokol tidak dikenal."


class TooLarge(RakorError):
    status, code, title = 413, "too_large", "Terlalu besar."


class UnsupportedMedia(RakorError):
    status, code, title = 415, "unsupported_media", "Jenis isi permintaan tidak dikenal."


class BadRequest(RakorError):
    status, code, title = 422, "bad_request", "Permintaan tidak dapat dibaca."


class TooManyAttempts(RakorError):
    status, code, title = 429, "too_many_attempts", "Terlalu banyak percobaan. Coba lagi beberapa menit lagi."


class Busy(RakorError):
    status, code, title = 503, "busy", "Server sedang sibuk. Coba lagi sebentar."


class NoRoom(RakorError):
    status, code, title = 507, "no_room", "Ruang penyimpanan server tidak cukup."
