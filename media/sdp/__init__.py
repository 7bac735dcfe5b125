"""Offers read, answers written (RFC 8829, RFC 8843 for BUNDLE). Pure: text in, text out.

The page's offer has the m-sections of `SlotPlan`, in its order, for the whole life of a connection. The answer takes
Opus, VP8 and its RTX, promises only the header extensions we read or write, and declares every slot's SSRCs and stream.
"""

from media.sdp.reading import (
    ABS_SEND_TIME,
    AUDIO_LEVEL,
    MID,
    REPAIRED_RID,
    RID,
    TWCC,
    UPLINKS,
    VIDEO,
    Extensions,
    Offer,
    Section,
    layout,
    parse_offer,
)
from media.sdp.writing import Answering, SlotIdentity, answer

__all__ = [
    "ABS_SEND_TIME",
    "AUDIO_LEVEL",
    "MID",
    "REPAIRED_RID",
    "RID",
    "TWCC",
    "UPLINKS",
    "VIDEO",
    "Answering",
    "Extensions",
    "Offer",
    "Section",
    "SlotIdentity",
    "answer",
    "layout",
    "parse_offer",
]
