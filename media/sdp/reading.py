"""What of an offer matters to us, and nothing else of it is looked at: a browser's has a thousand lines and more.

Every step is linear in the text, and the text is bounded: an offer costs well under a millisecond, however hostile.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass

from media.errors import BadOffer
from media.ports import Kind, SlotPlan

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
TWCC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
UPLINKS = (Kind.MIC, Kind.CAMERA, Kind.SCREEN, Kind.SCREEN_AUDIO)
VIDEO = (Kind.CAMERA, Kind.SCREEN)

MOST_BYTES = 64 * 1024
MOST_KNOWN = 32  # offers of other browsers, rooms or versions
MOST_RIDS = 3
# What each kind of section uses, by (uplink, video): what is sent to us, and what we send. Browsers offer more at first
# and, once answered, what was answered only: an offer that restarts ICE must read the same.
EXTENSIONS = {
    (True, False): {MID: "mid", AUDIO_LEVEL: "level", TWCC: "twcc"},
    (True, True): {MID: "mid", RID: "rid", REPAIRED_RID: "repaired_rid", TWCC: "twcc"},
    (False, False): {MID: "mid"},
    (False, True): {MID: "mid", ABS_SEND_TIME: "abs_send_time"},
}
EXTENSION_IDS = {str(number): number for number in range(1, 15)}
# With RTP and RTCP on one port, 64 to 95 would look like RTCP (RFC 5761 section 4).
PAYLOAD_TYPES = {str(number): number for number in (*range(64), *range(96, 128))}
DIRECTIONS = ("sendonly", "recvonly", "sendrecv", "inactive")
MID_FORM = re.compile(r"[A-Za-z0-9]{1,16}")  # one byte of id and length leaves sixteen (RFC 8285 section 4.2)
RID_FORM = re.compile(r"[A-Za-z0-9_-]{1,16}")
UFRAG_FORM = re.compile(r"[A-Za-z0-9+/]{4,256}")  # RFC 8839 section 5.4
SHA_256_FORM = re.compile(r"[0-9A-F]{2}(:[0-9A-F]{2}){31}")
PERSONAL = re.compile(r"\n(?:o=|a=(?:ice-ufrag|ice-pwd|fingerprint|candidate|msid|ssrc|ssrc-group):)[^\n]*")

Attributes = defaultdict[str, list[str]]  # values in their order, by attribute


@dataclass(frozen=True, slots=True)
class Extensions:
    """Ids (1 to 14) of the header extensions that a section uses; None: not offered, or of no use there."""

    mid: int | None = None
    level: int | None = None
    rid: int | None = None
    repaired_rid: int | None = None
    twcc: int | None = None
    abs_send_time: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One m-section. `rids`: the layers it sends (RFC 8853), in the order offered; () where it sends one stream."""

    mid: str
    kind: Kind
    uplink: bool
    number: int  # k of slot k; 0 for uplinks, screen and screen sound
    payload_type: int
    rtx_type: int | None  # the payload type of RTX for `payload_type` (RFC 4588)
    ids: Extensions
    rids: tuple[str, ...]

    @property
    def video(self) -> bool:
        return self.kind in VIDEO

    @property
    def rate_hz(self) -> int:
        return 90_000 if self.video else 48_000


@dataclass(frozen=True, slots=True)
class Offer:
    fingerprint: str  # SHA-256, upper case
    ufrag: str
    sections: tuple[Section, ...]


def layout(plan: SlotPlan) -> list[tuple[Kind, bool, int]]:
    """(kind, uplink, number) of every m-section, in order."""
    voices = [(Kind.MIC, False, k) for k in range(plan.voices)]
    cameras = [(Kind.CAMERA, False, k) for k in range(plan.cameras)]
    uplinks = [(kind, True, 0) for kind in UPLINKS]
    return [*uplinks, *voices, (Kind.SCREEN_AUDIO, False, 0), *cameras, (Kind.SCREEN, False, 0)]


def parse_offer(text: str, plan: SlotPlan) -> Offer:
    """Read an offer made for `plan`. Raises `BadOffer`, and nothing else, with a reason fit for a log and a page."""
    if len(text) > MOST_BYTES:
        raise BadOffer("the offer is too long")
    text = text.replace("\r\n", "\n")
    sections = _sections(PERSONAL.sub("", text), plan)
    # What belongs to the transport stands in the first section, or for all of them at the top (RFC 8843 section 7.1.3).
    head, first = text.split("\nm=", 2)[:2]
    fingerprint, ufrag = _transport(_attributes(first), _attributes(head))
    return Offer(fingerprint, ufrag, sections)


@functools.lru_cache(maxsize=MOST_KNOWN)
def _sections(text: str, plan: SlotPlan) -> tuple[Section, ...]:
    """Of an offer without what is one connection's own: hundreds of people have the same browser."""
    head, *blocks = text.split("\nm=")
    expected = layout(plan)
    if len(blocks) != len(expected):
        raise BadOffer(f"the offer has {len(blocks)} sections, this room has {len(expected)}")
    sections = tuple(_section(block, *place) for block, place in zip(blocks, expected, strict=True))
    _check_bundle(_attributes(head), sections)
    return sections


def _attributes(block: str) -> Attributes:
    found: Attributes = defaultdict(list)
    for behind in block.split("\na=")[1:]:
        name, _, value = behind.partition("\n")[0].partition(":")
        found[name].append(value)
    return found


def _section(block: str, kind: Kind, uplink: bool, number: int) -> Section:
    video, media = kind in VIDEO, _attributes(block)
    name, port, protocol, *formats = *block.partition("\n")[0].split(), "", "", ""  # the m-line without its `m=`
    if name != ("video" if video else "audio") or protocol != "UDP/TLS/RTP/SAVPF":
        raise BadOffer(f"a section for {kind} is of another kind")
    if port == "0" and "bundle-only" not in media:
        raise BadOffer(f"a section for {kind} is rejected")
    way = "sendonly" if uplink else "recvonly"
    if next((each for each in DIRECTIONS if each in media), "sendrecv") not in (way, "sendrecv"):
        raise BadOffer(f"a section for {kind} goes the wrong way")
    mid = media["mid"][0] if media["mid"] else ""
    if not MID_FORM.fullmatch(mid):
        raise BadOffer("a section's mid is not 1 to 16 letters and digits")
    codecs = _codecs(formats, media)
    payload_type, rtx_type = _payload_types(codecs, media, "vp8/90000" if video else "opus/48000/2")
    ids = _extensions(media["extmap"], EXTENSIONS[uplink, video], way)
    rids = _rids(media["simulcast"]) if ids.rid is not None else ()
    return Section(mid, kind, uplink, number, payload_type, rtx_type, ids, rids)


def _codecs(formats: list[str], media: Attributes) -> dict[str, str]:
    """The codec, in lower case, of every payload type of the m-line, the preferred one first."""
    known = dict(value.lower().split(" ", 1) for value in media["rtpmap"] if " " in value)
    return {each: known[each] for each in formats if each in known and each in PAYLOAD_TYPES}


def _payload_types(codecs: dict[str, str], media: Attributes, wanted: str) -> tuple[int, int | None]:
    """That of the codec and that of its RTX, None without one."""
    found = next((each for each, codec in codecs.items() if codec == wanted), None)
    if found is None:
        raise BadOffer(f"the offer has no {wanted}")
    apt = f"apt={found}"  # RFC 4588 section 8.1
    for value in media["fmtp"]:
        repair, _, parameters = value.partition(" ")
        if codecs.get(repair) == "rtx/90000" and apt in parameters.replace(" ", "").split(";"):
            return PAYLOAD_TYPES[found], PAYLOAD_TYPES[repair]
    return PAYLOAD_TYPES[found], None


def _extensions(values: list[str], used: dict[str, str], way: str) -> Extensions:
    """RFC 8285 section 8: an id, perhaps the way the extension goes, and its URI. The first of a URI counts."""
    found: dict[str, int] = {}
    for value in values:
        entry, _, uri = value.partition(" ")
        field = used.get(uri)
        number, _, direction = entry.partition("/")
        if field is not None and number in EXTENSION_IDS and direction in ("", "sendrecv", way):
            found.setdefault(field, EXTENSION_IDS[number])
    return Extensions(**found)


def _rids(values: list[str]) -> tuple[str, ...]:
    """RFC 8853 section 5.1. Of alternatives the first is taken; what is offered paused may begin later."""
    words = values[0].split() if values else []
    if "send" not in words[:-1]:
        return ()
    streams = words[words.index("send") + 1].split(";")
    rids = tuple(stream.split(",", 1)[0].removeprefix("~") for stream in streams[: MOST_RIDS + 1])
    if len(rids) > MOST_RIDS or len(set(rids)) != len(rids) or not all(RID_FORM.fullmatch(rid) for rid in rids):
        raise BadOffer("the offer's simulcast layers are not three at most with names of their own")
    return rids


def _check_bundle(session: Attributes, sections: tuple[Section, ...]) -> None:
    mids = {section.mid for section in sections}
    if len(mids) != len(sections):
        raise BadOffer("two sections have one mid")
    groups = (value.split() for value in session["group"])
    if not any(group[:1] == ["BUNDLE"] and mids <= set(group[1:]) for group in groups):
        raise BadOffer("the offer does not bundle its sections")


def _transport(first: Attributes, session: Attributes) -> tuple[str, str]:
    """Fingerprint and ICE fragment; the offering side must be ready to be the DTLS client, for we are the server."""

    def values(name: str) -> list[str]:
        return first[name] or session[name]

    if not any(value in ("actpass", "active") for value in values("setup")[:1]):
        raise BadOffer("the offer's DTLS role is not actpass or active")
    hashes = (value.partition(" ") for value in values("fingerprint"))
    fingerprint = next((digest.upper() for name, _, digest in hashes if name.lower() == "sha-256"), "")
    if not SHA_256_FORM.fullmatch(fingerprint):
        raise BadOffer("the offer has no SHA-256 fingerprint")
    ufrag = next(iter(values("ice-ufrag")), "")
    if not UFRAG_FORM.fullmatch(ufrag):
        raise BadOffer("the offer has no ICE credentials")
    return fingerprint, ufrag
