"""Why a file cannot become a recording. Codes are stable, cross process borders and are put into words by the page.

IntakeError
├── NotMedia       no container that meetings are recorded in, or one whose sound is mostly damaged
├── CutShort       its index is missing: the end of the file is not there
├── NoSound        pictures only, or nothing that could be decoded
├── UnknownCodec   its sound is coded in a way that is not looked into
├── TooLong        longer than a day
├── Damaged        decoding it took more than it may: time, memory, or the process itself
└── DiskFull       not the file's fault: to be tried again
"""

from __future__ import annotations


class IntakeError(Exception):
    code = "intake"


class NotMedia(IntakeError):
    code = "not_media"


class CutShort(IntakeError):
    code = "cut_short"


class NoSound(IntakeError):
    code = "no_sound"


class UnknownCodec(IntakeError):
    code = "unknown_codec"


class TooLong(IntakeError):
    code = "too_long"


class Damaged(IntakeError):
    code = "damaged"


class DiskFull(IntakeError):
    code = "disk_full"
