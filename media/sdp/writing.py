"""An answer's text. What all sections share stands once, at the top (RFC 8843 section 7.1.3)."""

from __future__ import annotations

from dataclasses import dataclass

from media.ice import Credentials
from media.ports import Kind
from media.sdp.reading import EXTENSIONS, Offer, Section

CNAME = "rakor"
OPUS = "minptime=10;useinbandfec=1"  # RFC 7587 section 6.1
# By kind and uplink. Browsers are asked for speech with its pauses left out, and for a screen's sound in stereo.
PARAMETERS = {
    (Kind.MIC, True): f"{OPUS};usedtx=1;maxaveragebitrate=24000",
    (Kind.MIC, False): OPUS,
    (Kind.SCREEN_AUDIO, True): f"{OPUS};stereo=1;sprop-stereo=1;maxaveragebitrate=64000",
    (Kind.SCREEN_AUDIO, False): f"{OPUS};sprop-stereo=1",
}


@dataclass(frozen=True, slots=True)
class SlotIdentity:
    """`rtx_ssrc`: None where the slot is not repaired by RTX. `stream`: id of its media stream."""

    ssrc: int
    rtx_ssrc: int | None
    stream: str


@dataclass(frozen=True, slots=True)
class Answering:
    """What an answer says of our side. `addresses`: where our socket is reached, best first. `slots`: by mid."""

    credentials: Credentials
    fingerprint: str
    addresses: tuple[tuple[str, int], ...]
    slots: dict[str, SlotIdentity]


def answer(offer: Offer, ours: Answering, session_id: int) -> str:
    """The answer to `offer`."""
    port = ours.addresses[0][1]
    lines = _session(offer, ours, session_id)
    for number, section in enumerate(offer.sections):
        lines += _section(section, port, ours.slots.get(section.mid))
        if number == 0:
            lines += _candidates(ours.addresses)
    return "\r\n".join(lines) + "\r\n"


def _session(offer: Offer, ours: Answering, session_id: int) -> list[str]:
    host = ours.addresses[0][0]
    mids = " ".join(section.mid for section in offer.sections)
    return [
        "v=0",
        f"o=- {session_id} 1 IN IP4 0.0.0.0",
        "s=-",
        f"c=IN {'IP6' if ':' in host else 'IP4'} {host}",
        "t=0 0",
        "a=ice-lite",
        f"a=group:BUNDLE {mids}",
        "a=msid-semantic: WMS *",
        f"a=ice-ufrag:{ours.credentials.ufrag}",
        f"a=ice-pwd:{ours.credentials.password}",
        f"a=fingerprint:sha-256 {ours.fingerprint}",
        "a=setup:passive",
    ]


def _candidates(addresses: tuple[tuple[str, int], ...]) -> list[str]:
    """RFC 8839 section 5.1; the local preference falls with the order (RFC 8445 section 5.1.2.1)."""
    lines = [
        f"a=candidate:{number + 1} 1 udp {126 << 24 | 65535 - number << 8 | 255} {address} {port} typ host"
        for number, (address, port) in enumerate(addresses)
    ]
    return [*lines, "a=end-of-candidates"]


def _section(section: Section, port: int, slot: SlotIdentity | None) -> list[str]:
    repaired = section.rtx_type is not None and (section.uplink or (slot is not None and slot.rtx_ssrc is not None))
    rtx_type = section.rtx_type if repaired else None
    formats = section.payload_type if rtx_type is None else f"{section.payload_type} {rtx_type}"
    return [
        f"m={'video' if section.video else 'audio'} {port} UDP/TLS/RTP/SAVPF {formats}",
        f"a=mid:{section.mid}",
        "a=rtcp-mux",
        *_extmaps(section),
        *(_video(section, rtx_type) if section.video else _audio(section)),
        *(_uplink(section) if slot is None else _slot(section, slot, rtx_type)),
    ]


def _video(section: Section, rtx_type: int | None) -> list[str]:
    payload = section.payload_type
    congestion = ("transport-cc" if section.ids.twcc is not None else "") if section.uplink else "goog-remb"
    feedback = ("nack", "nack pli", "ccm fir", congestion)
    lines = [f"a=rtpmap:{payload} VP8/90000", *(f"a=rtcp-fb:{payload} {each}" for each in feedback if each)]
    if rtx_type is not None:
        lines += [f"a=rtpmap:{rtx_type} rtx/90000", f"a=fmtp:{rtx_type} apt={payload}"]
    return lines


def _audio(section: Section) -> list[str]:
    payload, parameters = section.payload_type, PARAMETERS[section.kind, section.uplink]
    lines = [f"a=rtpmap:{payload} opus/48000/2", f"a=fmtp:{payload} {parameters}", f"a=rtcp-fb:{payload} nack"]
    if section.uplink and section.ids.twcc is not None:
        lines.append(f"a=rtcp-fb:{payload} transport-cc")
    return lines


def _uplink(section: Section) -> list[str]:
    lines = ["a=recvonly", *(f"a=rid:{rid} recv" for rid in section.rids)]
    return [*lines, f"a=simulcast:recv {';'.join(section.rids)}"] if section.rids else lines


def _slot(section: Section, slot: SlotIdentity, rtx_type: int | None) -> list[str]:
    lines = ["a=sendonly", f"a=msid:{slot.stream} {section.mid}"]
    if rtx_type is None:
        return [*lines, f"a=ssrc:{slot.ssrc} cname:{CNAME}"]
    # The stream that repairs is named second (RFC 5576 section 4.2).
    group = f"a=ssrc-group:FID {slot.ssrc} {slot.rtx_ssrc}"
    return [*lines, group, *(f"a=ssrc:{ssrc} cname:{CNAME}" for ssrc in (slot.ssrc, slot.rtx_ssrc))]


def _extmaps(section: Section) -> list[str]:
    used = EXTENSIONS[section.uplink, section.video].items()
    return [f"a=extmap:{number} {uri}" for uri, field in used if (number := getattr(section.ids, field)) is not None]
