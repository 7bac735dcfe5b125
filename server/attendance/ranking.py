"""Who stands before whom in an attendance list: by role in the meeting, then by post, then by name. PURE."""

from __future__ import annotations

import re

from server.attendance.corrections import Role

_ROLES: dict[Role, int] = {"chair": 0, "moderator": 1, "presenter": 2}
# Of the commission and its secretariats, highest first; "Plt. Sekretaris" ranks as the post that is held.
_POSTS = (
    r"ketua",
    r"wakil ketua",
    r"anggota|komisioner",
    r"sekretaris jenderal|inspektur utama",
    r"deputi",
    r"sekretaris|inspektur|kepala (biro|pusat)|karo",
    r"kepala bagian|kabag",
    r"kepala sub ?bagian|kasubb?ag",
    r"(pranata|analis|arsiparis|perancang|auditor|penata|perencana|statistisi|pustakawan|widyaiswara)",
    r"staf|pelaksana|pengadministrasi|tenaga",
)
_PREFIX = re.compile(r"^((plt|plh|pj)\.?\s+)+", re.IGNORECASE)
_PATTERNS = [re.compile(rf"({post})\b", re.IGNORECASE) for post in _POSTS]


def precedence(role: Role, position: str, name: str) -> tuple[int, int, str, str]:
    """A key to sort by. A post that is not known stands behind those that are."""
    post = _PREFIX.sub("", position.strip())
    rank = next((at for at, pattern in enumerate(_PATTERNS) if pattern.match(post)), len(_PATTERNS))
    return (_ROLES.get(role, len(_ROLES)), rank, name.casefold(), name)
