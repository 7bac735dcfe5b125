"""Why a move is not made, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping

from minutes.notula.workflow import Refusal, Why
from server.errors import Conflict, Forbidden, RakorError

WORDS: Mapping[Why, str] = {
    "illegal_move": "Langkah ini tidak dapat dilakukan pada tahap notula sekarang. Muat ulang halaman.",
    "notula_sealed": "Notula ini sudah ditandatangani, dicabut, atau diralat, jadi isinya tidak berubah lagi. "
    "Buka versi ralat untuk mengubahnya.",
    "not_your_duty": "Langkah ini menjadi tugas orang lain. Lihat pembagian tugas notula ini.",
    "forbidden": "Hanya petugas notula dari satker penyelenggara yang dapat melakukan ini.",
    "window_open": "Masa koreksi peserta belum berakhir. Tunggu sampai berakhir, atau minta notulis menutupnya.",
    "window_closed": "Masa koreksi peserta sudah berakhir.",
    "unanswered": "Masih ada usulan koreksi yang belum dijawab notulis.",
    "not_initialled": "Belum semua pemeriksa membubuhkan paraf.",
    "already_initialled": "Anda sudah membubuhkan paraf pada naskah ini.",
    "not_your_turn": "Pemeriksa sebelum Anda belum membubuhkan paraf.",
    "already_signed": "Anda sudah menandatangani; sekarang giliran pimpinan rapat.",
    "minute_taker_first": "Notulis menandatangani lebih dahulu.",
    "same_person": "Notulis dan pimpinan rapat harus dua orang yang berbeda.",
}
RIGHTS: frozenset[Why] = frozenset({"not_your_duty", "forbidden"})


def of(refusal: Refusal) -> RakorError:
    """403 for who may not, 409 for when."""
    kind = Forbidden if refusal.why in RIGHTS else Conflict
    return kind(WORDS[refusal.why], refusal.why)
