"""What the record refuses, in words for who asked. PURE."""

from __future__ import annotations

from dataclasses import dataclass

from minutes.record import errors
from minutes.record.errors import RecordError


@dataclass(frozen=True, slots=True)
class Refusal:
    status: int
    code: str
    detail: str


WORDS: dict[type[RecordError], tuple[int, str]] = {
    errors.NoSuchLine: (404, "Baris itu tidak ditemukan."),
    errors.NoSuchEdit: (404, "Suntingan itu tidak ditemukan."),
    errors.NotOneSeat: (409, "Pembicara baris ini sudah pasti dan tidak dapat diganti."),
    errors.LineChanged: (409, "Baris ini sudah diubah orang lain. Periksa isinya yang sekarang, lalu ulangi."),
    errors.EditIdTaken: (409, "Tanda suntingan ini sudah dipakai suntingan lain. Muat ulang halaman, lalu ulangi."),
    errors.EmptyText: (
        422,
        "Baris tidak boleh kosong. Tandai sebagai suara tidak jelas bila tidak ada yang terdengar.",
    ),
    errors.TooLong: (422, "Baris menjadi terlalu panjang. Pisahkan menjadi beberapa baris."),
    errors.NothingThere: (422, "Tidak ada kata di bagian itu. Pilih sedikitnya satu kata."),
    errors.CannotSplit: (422, "Baris tidak dapat dipisah di situ. Pilih tempat di antara dua kata."),
    errors.NotNext: (409, "Kedua baris tidak berurutan di kursi yang sama. Muat ulang transkrip, lalu ulangi."),
    errors.OtherSpeaker: (409, "Kedua baris diucapkan pembicara yang berbeda. Samakan dahulu pembicaranya."),
    errors.OtherRecording: (409, "Kedua baris berasal dari rekaman yang berbeda dan tidak dapat digabung."),
    errors.RedactionStays: (
        422,
        "Bagian yang dihitamkan tidak dapat ditimpa. Biarkan [dihitamkan] berdiri sendiri, atau urungkan dahulu.",
    ),
}
CODES = {errors.NoSuchLine: "not_found", errors.NoSuchEdit: "not_found"}


def of(error: RecordError) -> Refusal:
    """Leases and tracks are no caller's business: what is not listed is a fault of ours."""
    kind = type(error)
    status, detail = WORDS.get(kind, (500, "Kesalahan pada peladen. Coba lagi."))
    return Refusal(status, CODES.get(kind, error.code), detail)
