"""Offers read, answers written (RFC 8829, RFC 8843 for BUNDLE). Pure: text in, text out.

The page's offer has the m-sections of `SlotPlan`, in its order, for the whole life of a connection. The answer takes
Opus and VP8, promises only the header extensions we read or write, and declares every slot's SSRC and media stream.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiortc.sdp import MediaDescription, SessionDescription

from media.errors import BadOffer
from media.ice import Credentials
from media.ports import Kind, SlotPlan

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
UPLINKS = (Kind.MIC, Kind.CAMERA, Kind.SCREEN, Kind.SCREEN_AUDIO)
VIDEO = (Kind.CAMERA, Kind.SCREEN)
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Section:
    """One m-section. Ids are of header extensions, None where not offered."""

    mid: str
    kind: Kind
    uplink: bool
    number: int  # k of slot k; 0 for uplinks, screen and screen sound
    payload_type: int
    mid_id: int | None
    level_id: int | None

    @property
    def video(self) -> bool:
        return self.kind in VIDEO

    @property
    def rate_hz(self) -> int:
        return 90_000 if self.video else 48_000


@dataclass(frozen=True, slots=True)
class Offer:
    fingerprint: str  # SHA-256
    ufrag: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """What an answer says of our side. `slots` gives (SSRC, media stream id) by mid."""

    credentials: Credentials
    fingerprint: str
    addresses: tuple[tuple[str, int], ...]
    slots: dict[str, tuple[int, str]]


def layout(plan: SlotPlan) -> list[tuple[Kind, bool, int]]:
    """(kind, uplink, number) of every m-section, in order."""
    voices = [(Kind.MIC, False, k) for k in range(plan.voices)]
    cameras = [(Kind.CAMERA, False, k) for k in range(plan.cameras)]
    uplinks = [(kind, True, 0) for kind in UPLINKS]
    return [*uplinks, *voices, (Kind.SCREEN_AUDIO, False, 0), *cameras, (Kind.SCREEN, False, 0)]


def parse_offer(sdp: str, plan: SlotPlan) -> Offer:
    """Read an offer made for `plan`. Raises `BadOffer` with a reason fit for a log and a page."""
    if len(sdp) > MOST_BYTES:
        raise BadOffer("the offer is too long")
    try:
        session = SessionDescription.parse(sdp)
    except Exception as error:  # aiortc's parser meets hostile text with whatever Python raises
        raise BadOffer(f"the offer is not SDP ({type(error).__name__})") from None
    expected = layout(plan)
    if len(session.media) != len(expected):
        raise BadOffer(f"the offer has {len(session.media)} sections, this room has {len(expected)}")
    sections = tuple(_section(media, *place) for media, place in zip(session.media, expected, strict=True))
    if len({section.mid for section in sections}) != len(sections):
        raise BadOffer("two sections have one mid")
    first = session.media[0]
    return Offer(_fingerprint(first), _ufrag(first), sections)


def answer(offer: Offer, ours: Answering, session_id: int) -> str:
    """The answer to `offer`."""
    mids = " ".join(section.mid for section in offer.sections)
    lines = ["v=0", f"o=- {session_id} 1 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=ice-lite", f"a=group:BUNDLE {mids}"]
    lines += ["a=msid-semantic: WMS *"]
    for section in offer.sections:
        lines += _answer_section(section, ours)
    return "\r\n".join(lines) + "\r\n"


def _section(media: MediaDescription, kind: Kind, uplink: bool, number: int) -> Section:
    video = kind in VIDEO
    if media.kind != ("video" if video else "audio"):
        raise BadOffer(f"a section for {kind} is of another kind")
    if media.direction not in (("sendonly", "sendrecv", "inactive") if uplink else ("recvonly", "sendrecv")):
        raise BadOffer(f"a section for {kind} goes the wrong way")
    ids = {extension.uri: extension.id for extension in media.rtp.headerExtensions}
    mid = media.rtp.muxId
    if not mid or len(mid) > 16 or not mid.isascii() or not mid.isalnum():
        raise BadOffer("a section's mid is not 1 to 16 letters and digits")
    return Section(
        mid=mid,
        kind=kind,
        uplink=uplink,
        number=number,
        payload_type=_payload_type(media, "video/vp8" if video else "audio/opus"),
        mid_id=_extension_id(ids.get(MID)),
        level_id=_extension_id(ids.get(AUDIO_LEVEL)),
    )


def _extension_id(value: int | None) -> int | None:
    return value if value is not None and 1 <= value <= 14 else None


def _payload_type(media: MediaDescription, mime: str) -> int:
    for codec in media.rtp.codecs:
        if codec.mimeType.lower() == mime and codec.payloadType is not None and 0 <= codec.payloadType <= 127:
            return codec.payloadType
    raise BadOffer(f"the offer has no {mime}")


def _fingerprint(media: MediaDescription) -> str:
    found = media.dtls.fingerprints if media.dtls is not None else []
    value = next((each.value for each in found if each.algorithm.lower() == "sha-256"), None)
    if value is None or len(value) != 95:
        raise BadOffer("the offer has no SHA-256 fingerprint")
    return str(value)


def _ufrag(media: MediaDescription) -> str:
    if media.ice is None or not media.ice.usernameFragment:
        raise BadOffer("the offer has no ICE credentials")
    return str(media.ice.usernameFragment)


def _answer_section(section: Section, ours: Answering) -> list[str]:
    host, port = ours.addresses[0]
    kind, payload = ("video" if section.video else "audio"), section.payload_type
    lines = [f"m={kind} {port} UDP/TLS/RTP/SAVPF {payload}", f"c=IN IP4 {host}", f"a=mid:{section.mid}"]
    lines += ["a=rtcp-mux", f"a=ice-ufrag:{ours.credentials.ufrag}", f"a=ice-pwd:{ours.credentials.password}"]
    lines += [f"a=fingerprint:sha-256 {ours.fingerprint}", "a=setup:passive"]
    lines += _codec(section)
    if section.mid_id is not None:
        lines.append(f"a=extmap:{section.mid_id} {MID}")
    if section.uplink:
        if section.level_id is not None and not section.video:
            lines.append(f"a=extmap:{section.level_id} {AUDIO_LEVEL}")
        lines.append("a=recvonly")
    else:
        ssrc, stream = ours.slots[section.mid]
        lines += ["a=sendonly", f"a=msid:{stream} {section.mid}", f"a=ssrc:{ssrc} cname:rakor"]
    for number, (address, at) in enumerate(ours.addresses):
        priority = (126 << 24) | ((65535 - number) << 8) | 255
        lines.append(f"a=candidate:{number + 1} 1 udp {priority} {address} {at} typ host")
    return [*lines, "a=end-of-candidates"]


def _codec(section: Section) -> list[str]:
    payload = section.payload_type
    if section.video:
        feedback = ("nack", "nack pli", "ccm fir", "goog-remb")
        return [f"a=rtpmap:{payload} VP8/90000", *(f"a=rtcp-fb:{payload} {each}" for each in feedback)]
    return [
        f"a=rtpmap:{payload} opus/48000/2",
        f"a=fmtp:{payload} minptime=10;useinbandfec=1",
        f"a=rtcp-fb:{payload} nack",
    ]
