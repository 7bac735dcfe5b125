"""What can go wrong with the record.

RecordError
├── StaleToken        somebody else has the track's lease now: forget what you heard
├── NoSuchTrack
├── NoSuchLine
├── NotOneSeat        a line's speaker is certain and is not named by hand
├── LineChanged       it is not the line any more that an edit was made for
├── EditIdTaken       another edit has this id
├── NoSuchEdit        nothing was done under this id
└── Unfit             an edit that makes no sense for this line
    ├── EmptyText         no word would be left
    ├── TooLong           more than a line holds
    ├── NothingThere      no word stands in that place
    ├── CannotSplit       all words would be on one side
    ├── NotNext           the lines do not follow each other
    ├── OtherSpeaker      they are two people's
    ├── OtherRecording    they are not of one recording
    └── RedactionStays    what is blackened would be written over
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


class LineChanged(RecordError):
    """`line`: its id. What stands there now, if anything, is for the caller to read."""

    code = "line_changed"

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


class EditIdTaken(RecordError):
    code = "edit_id_taken"


class NoSuchEdit(RecordError):
    code = "no_such_edit"


class Unfit(RecordError):
    code = "unfit"


class EmptyText(Unfit):
    code = "empty_text"


class TooLong(Unfit):
    code = "too_long"


class NothingThere(Unfit):
    code = "nothing_there"


class CannotSplit(Unfit):
    code = "cannot_split"


class NotNext(Unfit):
    code = "not_next"


class OtherSpeaker(Unfit):
    code = "other_speaker"


class OtherRecording(Unfit):
    code = "other_recording"


class RedactionStays(Unfit):
    code = "redaction_stays"
