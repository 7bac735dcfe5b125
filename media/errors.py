"""What can go wrong in media.

MediaError
├── BadPacket      a packet from the network is not what it should be: drop it
├── BadOffer       a browser's offer is not acceptable: tell the browser
├── UnknownRoom    a command names a room that is not open
└── PlaneDown      the media process is gone: restart it
"""

from __future__ import annotations


class MediaError(Exception):
    """Root of the tree. `code` is stable and crosses process borders."""

    code = "media"


class BadPacket(MediaError):
    code = "bad_packet"


class BadOffer(MediaError):
    code = "bad_offer"


class UnknownRoom(MediaError):
    code = "unknown_room"


class PlaneDown(MediaError):
    code = "plane_down"
