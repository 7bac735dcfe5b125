// When a participant sees a flash and hears a beep, by one clock (performance.now(), ms): see flash.js.
(() => {
  const LOUD = 0.1;
  const QUIET_MS = 300;
  const WHITE = 160;
  const beeps = [];
  const flashes = [];

  // The track's own samples, as they are handed to whatever plays them: an AudioContext would keep a queue before it.
  const listen = async (track, mid) => {
    const reader = new MediaStreamTrackProcessor({ track: track.clone(), maxBufferSize: 100 }).readable.getReader();
    let offset = Number.POSITIVE_INFINITY;
    let loud = Number.NEGATIVE_INFINITY;
    for (;;) {
      const { value: data, done } = await reader.read();
      if (done) return;
      // This loop may be late: of many blocks the smallest difference between its clock and the samples' is right.
      const at = data.timestamp / 1000;
      offset = Math.min(offset, performance.now() - at - data.duration / 1000);
      const samples = new Float32Array(data.numberOfFrames);
      data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      samples.forEach((sample, i) => {
        if (Math.abs(sample) < LOUD) return;
        const now = at + (i / data.sampleRate) * 1000;
        if (now - loud > QUIET_MS) beeps.push({ mid: mid(), at: now + offset, late: performance.now()-now-offset, offset });
        loud = now;
      });
      data.close();
    }
  };

  const look = (video, seat) => {
    const pen = new OffscreenCanvas(8, 8).getContext("2d", { willReadFrequently: true });
    let white = false;
    const frame = (_now, { expectedDisplayTime }) => {
      pen.drawImage(video, 0, 0, 8, 8);
      const was = white;
      white = pen.getImageData(4, 2, 1, 1).data[1] > WHITE;
      if (white && !was) flashes.push({ seat, at: expectedDisplayTime });
      video.requestVideoFrameCallback(frame);
    };
    video.requestVideoFrameCallback(frame);
  };

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...settings) {
      super(...settings);
      this.addEventListener("track", ({ track, transceiver }) => {
        if (track.kind === "audio") listen(track, () => transceiver.mid);
      });
    }
  };

  window.eyes = {
    watch: (seat) => look(document.querySelector(`[data-seat="${seat}"] video`), seat),
    own: (stream) => listen(stream, () => "own"),
    seen: () => ({ beeps, flashes }),
  };
})();
