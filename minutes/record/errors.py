"""What can go wrong with the record.

RecordError
├── StaleToken   somebody else has the track's lease now: forget what you heard
├── NoSuchTrack
├── NoSuchLine
└── NotOneSeat   a line's speaker is certain and is not named by hand
"""

from __future__ import annotations


class RecordError(Exception):
    """Root of the tree. `code` is stable."""

    code = "record"


class StaleToken(RecordError):
    code = "stale_token"


class NoSuchTrack(RecordError):
    code = "no_such_track"


class NoSuchLine(RecordError):
    code = "no_such_line"


class NotOneSeat(RecordError):
    code = "speaker_is_certain"
