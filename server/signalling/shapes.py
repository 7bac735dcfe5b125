"""What messages of both directions are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

PROTOCOL_VERSION = 6
NOTICE_VERSION = 1  # of the recording notice, as pages show it; a new wording is a new version
MAX_SDP_BYTES = 64 * 1024
MAX_MESSAGE_BYTES = 96 * 1024

Sdp = Annotated[str, Field(min_length=1, max_length=MAX_SDP_BYTES)]
SeatId = Annotated[str, Field(max_length=64)]
Reaction = Literal["agree", "applause", "thanks", "laugh", "slower"]
Switched = Literal["mic", "camera", "screen"]


class Message(BaseModel):
    """Frozen and closed: an unknown field is an error, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid")
