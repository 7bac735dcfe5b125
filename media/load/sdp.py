"""Offers like Chromium's, answers to a server's offer, and what either side needs of the other's text. Pure.

Ids of header extensions and payload types are those Chromium takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from media.ports import Kind, SlotPlan
from media.sdp import VIDEO, layout

OPUS, VP8, RTX = 111, 96, 97
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
SOUND_IDS = ((1, LEVEL), (2, ABS_SEND_TIME), (3, TRANSPORT_CC), (4, MID))
PICTURE_IDS = ((2, ABS_SEND_TIME), (3, TRANSPORT_CC), (4, MID), (10, RID), (11, REPAIRED_RID))
SOUND_CODEC = (
    f"a=rtpmap:{OPUS} opus/48000/2",
    f"a=rtcp-fb:{OPUS} transport-cc",
    f"a=rtcp-fb:{OPUS} nack",
    f"a=fmtp:{OPUS} minptime=10;useinbandfec=1",
)
PICTURE_CODEC = (
    f"a=rtpmap:{VP8} VP8/90000",
    *(f"a=rtcp-fb:{VP8} {each}" for each in ("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli")),
    f"a=rtpmap:{RTX} rtx/90000",
    f"a=fmtp:{RTX} apt={VP8}",
)
RIDS = {Kind.CAMERA: ("q", "h", "f"), Kind.SCREEN: ("q", "f")}
ECHOED = ("a=mid:", "a=extmap:", "a=rtpmap:", "a=rtcp-fb:", "a=fmtp:", "a=rtcp-mux", "a=rtcp-rsize")


@dataclass(frozen=True, slots=True)
class Identity:
    """Our side: ICE credentials, the certificate's SHA-256 and, where the socket is bound to one, our address."""

    ufrag: str
    password: str
    fingerprint: str
    address: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One m-section of an offer. Where it has no rids, its SSRC is told, and SSRC + 1 is for retransmission."""

    mid: str
    kind: Kind
    uplink: bool
    rids: tuple[str, ...] = ()
    ssrc: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One m-section of the other side. `ids` gives header extensions by URI, `ssrcs` its main and repair streams."""

    mid: str
    video: bool
    payload_type: int
    rtx_payload_type: int | None
    ids: dict[str, int]
    ssrcs: tuple[int, ...]
    repairs: dict[int, int]  # main SSRC by the SSRC of its retransmissions


@dataclass(frozen=True, slots=True)
class Remote:
    ufrag: str
    password: str
    fingerprint: str
    dtls_server: bool
    candidates: tuple[tuple[str, int], ...]  # IPv4 over UDP, best first
    sections: dict[str, Told]


def sections_of(plan: SlotPlan, ssrc: int) -> list[Section]:
    """A page's sections for this plan. `ssrc`: that of its microphone; screen sound takes SSRC + 4."""
    return [
        Section(str(number), kind, uplink, RIDS.get(kind, ()) if uplink else (), _ssrc(kind, uplink, ssrc))
        for number, (kind, uplink, _) in enumerate(layout(plan))
    ]


def offer(sections: Sequence[Section], ours: Identity) -> str:
    """An offer with the roles left open, as browsers make it."""
    lines = _head(each.mid for each in sections)
    for section in sections:
        lines += _offered(section, ours)
    return "\r\n".join(lines) + "\r\n"


def answer(text: str, ours: Identity) -> str:
    """Take everything that a server offers to send. We are the DTLS client."""
    parts = _sections(text)
    lines = _head(_mid(part) for part in parts)
    for part in parts:
        head, *rest = part.split("\r\n")
        lines += [f"m={head}", "c=IN IP4 0.0.0.0", *_transport(ours, "active"), "a=recvonly"]
        lines += [line for line in rest if line.startswith(ECHOED)]
    return "\r\n".join(lines) + "\r\n"


def read(text: str) -> Remote:
    """What the other side says. Raises `ValueError` when something that we need is missing."""
    found = re.findall(r"(?i)^a=candidate:\S+ 1 udp (\d+) (\d+\.\d+\.\d+\.\d+) (\d+) typ", text, re.MULTILINE)
    best_first = sorted(set(found), key=lambda each: -int(each[0]))
    return Remote(
        ufrag=_first(r"a=ice-ufrag:(\S+)", text),
        password=_first(r"a=ice-pwd:(\S+)", text),
        fingerprint=_first(r"(?i)a=fingerprint:sha-256 (\S+)", text),
        dtls_server=_first(r"a=setup:(\S+)", text) != "active",
        candidates=tuple(dict.fromkeys((host, int(port)) for _, host, port in best_first)),
        sections={told.mid: told for told in map(_told, _sections(text))},
    )


def _ssrc(kind: Kind, uplink: bool, ssrc: int) -> int | None:
    return {Kind.MIC: ssrc, Kind.SCREEN_AUDIO: ssrc + 4}.get(kind) if uplink else None


def _head(mids: Iterable[str]) -> list[str]:
    bundle = " ".join(mids)
    return ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {bundle}", "a=msid-semantic: WMS *"]


def _transport(ours: Identity, setup: str) -> list[str]:
    lines = [f"a=ice-ufrag:{ours.ufrag}", f"a=ice-pwd:{ours.password}", "a=ice-options:trickle"]
    if ours.address is not None:
        host, port = ours.address
        lines += [f"a=candidate:1 1 udp 2113937151 {host} {port} typ host generation 0", "a=end-of-candidates"]
    return [*lines, f"a=fingerprint:sha-256 {ours.fingerprint}", f"a=setup:{setup}"]


def _offered(section: Section, ours: Identity) -> list[str]:
    video = section.kind in VIDEO
    kind, payloads = ("video", f"{VP8} {RTX}") if video else ("audio", str(OPUS))
    lines = [f"m={kind} 9 UDP/TLS/RTP/SAVPF {payloads}", "c=IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 0.0.0.0"]
    lines += [*_transport(ours, "actpass"), f"a=mid:{section.mid}"]
    lines += [f"a=extmap:{id} {uri}" for id, uri in (PICTURE_IDS if video else SOUND_IDS)]
    lines += [f"a={'sendonly' if section.uplink else 'recvonly'}", "a=rtcp-mux", "a=rtcp-rsize"]
    lines += PICTURE_CODEC if video else SOUND_CODEC
    if section.rids:
        lines += [f"a=rid:{rid} send" for rid in section.rids]
        lines.append(f"a=simulcast:send {';'.join(section.rids)}")
    elif section.uplink and section.ssrc is not None:
        repair = [section.ssrc + 1] if video else []
        lines += [f"a=ssrc-group:FID {section.ssrc} {ssrc}" for ssrc in repair]
        lines += [f"a=ssrc:{ssrc} cname:participant" for ssrc in (section.ssrc, *repair)]
    return lines


def _sections(text: str) -> list[str]:
    return re.sub(r"\r?\n", "\r\n", text).rstrip().split("\r\nm=")[1:]


def _told(part: str) -> Told:
    video = part.startswith("video")
    payload = int(_first(rf"(?i)a=rtpmap:(\d+) {'VP8' if video else 'opus'}/", part))
    rtx = re.search(rf"a=fmtp:(\d+) apt={payload}\b", part)
    repairs = {int(repair): int(main) for main, repair in re.findall(r"a=ssrc-group:FID (\d+) (\d+)", part)}
    ssrcs = dict.fromkeys(int(each) for each in re.findall(r"a=ssrc:(\d+)", part))
    return Told(
        mid=_mid(part),
        video=video,
        payload_type=payload,
        rtx_payload_type=int(rtx[1]) if rtx else None,
        ids={uri: int(id) for id, uri in re.findall(r"a=extmap:(\d+)(?:/\S+)? (\S+)", part)},
        ssrcs=tuple(each for each in ssrcs if each not in repairs),
        repairs=repairs,
    )


def _mid(part: str) -> str:
    return _first(r"a=mid:(\S+)", part)


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"the description has nothing like {pattern}")
    return str(found[1])
