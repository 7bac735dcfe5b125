"""Of which meeting a list is, and the digest by which it is known again. PURE."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from server.attendance.listing import Listing
from server.auth.models import Office

_LISTING = TypeAdapter(Listing)


@dataclass(frozen=True, slots=True)
class Facts:
    """`until`: when the meeting ended, or now. `zone`: the host's, in which a document tells times.

    `quorum`: offices that had to be present themselves; None: no number was set.
    """

    meeting: str
    title: str
    host: Office
    zone: str
    opened_at: datetime
    until: datetime
    over: bool
    classification: str = "biasa"
    quorum: int | None = None


def changed_at(facts: Facts, found: Listing) -> datetime:
    """When the list became what it is: the same list is the same file, whenever it is asked for."""
    return max([facts.until, *(each.at for each in found.corrections)])


def digest(facts: Facts, found: Listing) -> str:
    """SHA-256 of the list as canonical JSON (sorted keys, no blanks, UTF-8), measured values and history included."""
    data = {"meeting": facts.meeting, "title": facts.title, "over": facts.over}
    data |= {"opened_at": facts.opened_at.isoformat(), "until": facts.until.isoformat()}
    data |= _LISTING.dump_python(found, mode="json")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
