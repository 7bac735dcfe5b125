/** What the page changes in its own offer. Pure: text in, text out. */

/**
 * Offer NACK for Opus. Browsers answer retransmission requests for audio but do not offer them by themselves; without
 * this a lost packet of speech stays lost. RFC 4585 section 4.2: `a=rtcp-fb:<pt> nack`.
 */
export function offerAudioNack(sdp: string): string {
  const lines = sdp.split("\r\n");
  const present = new Set(lines);
  return lines.flatMap((line) => [line, ...nackAfter(line, present)]).join("\r\n");
}

function nackAfter(line: string, present: ReadonlySet<string>): string[] {
  const opus = /^a=rtpmap:(\d+) opus\/48000\/2$/i.exec(line);
  const wish = opus && `a=rtcp-fb:${opus[1]} nack`;
  return wish && !present.has(wish) ? [wish] : [];
}
