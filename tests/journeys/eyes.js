// When a participant sees a flash and hears a beep, on one clock (performance.now(), ms): see flash.js.
(() => {
  const LOUD = 0.1;
  const QUIET_MS = 300;
  const WHITE = 160;
  const BLOCKS = 100; // a second of sound that may wait to be looked at
  const seen = { beeps: [], flashes: [] };

  // A track's samples in the moment in which they are handed to the loudspeaker. An AudioContext would not tell it: its
  // queue of samples becomes longer whenever the machine is busy, and stays so.
  const listen = async (track) => {
    const blocks = new MediaStreamTrackProcessor({ track: track.clone(), maxBufferSize: BLOCKS }).readable.getReader();
    let offset = Number.POSITIVE_INFINITY;
    let loud = Number.NEGATIVE_INFINITY;
    for (;;) {
      const { value: block, done } = await blocks.read();
      if (done) return;
      // We may be late: of many blocks the smallest difference between the clock and their own time is right.
      offset = Math.min(offset, performance.now() - block.timestamp / 1000);
      const samples = new Float32Array(block.numberOfFrames);
      block.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      for (let i = 0; i < samples.length; i++) {
        if (Math.abs(samples[i]) < LOUD) continue;
        const at = block.timestamp / 1000 + offset + (i / block.sampleRate) * 1000;
        if (at - loud > QUIET_MS) seen.beeps.push(at);
        loud = at;
      }
      block.close();
    }
  };

  // The moment in which a frame is expected on the screen, whenever we come to look at it. Where a tile has gone to
  // another place, its picture is found again there.
  const look = (seat) => {
    const pen = new OffscreenCanvas(8, 8).getContext("2d", { willReadFrequently: true });
    let white = false;
    let video = null;
    const frame = (watched) => (_now, { expectedDisplayTime }) => {
      if (watched !== video) return;
      pen.drawImage(video, 0, 0, 8, 8);
      const was = white;
      white = pen.getImageData(4, 2, 1, 1).data[1] > WHITE;
      if (white && !was) seen.flashes.push(expectedDisplayTime);
      video.requestVideoFrameCallback(frame(video));
    };
    setInterval(() => {
      const now = document.querySelector(`[data-seat="${seat}"] video`);
      if (now === video) return;
      video = now;
      video?.requestVideoFrameCallback(frame(video));
    }, 50);
  };

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...settings) {
      super(...settings);
      this.addEventListener("track", ({ track }) => track.kind === "audio" && listen(track));
    }
  };

  window.eyes = {
    // Look at the picture of one participant from now on.
    watch: look,
    // What was seen and heard so far, in order.
    seen: () => seen,
    listen,
  };
})();
