// What a participant hears: every voice slot of the page's connection, mixed as the loudspeaker would, kept as 16 kHz.
(() => {
  const RATE_HZ = 16000;
  const PER_MS = RATE_HZ / 1000;
  const BLOCKS = 500; // five seconds of sound that may wait for a page that is busy
  const tracks = [];

  // Every `step`th mean of a block, as 16-bit numbers; nothing where it is silent.
  const kept = (samples, step) => {
    const out = new Int16Array(Math.floor(samples.length / step));
    let loud = false;
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      for (let k = 0; k < step; k++) sum += samples[i * step + k];
      out[i] = Math.max(-1, Math.min(1, sum / step)) * 32767;
      loud ||= out[i] !== 0;
    }
    return loud ? out : null;
  };

  // A track's samples in the moment in which they are handed to the loudspeaker. An AudioContext would leave out what
  // is due while the machine is busy, and that looks as if nobody had heard it.
  const listen = async (track) => {
    const mine = { first: null, offset: Number.POSITIVE_INFINITY, blocks: [] };
    tracks.push(mine);
    const reader = new MediaStreamTrackProcessor({ track: track.clone(), maxBufferSize: BLOCKS }).readable.getReader();
    for (;;) {
      const { value: block, done } = await reader.read();
      if (done) return;
      // We may be late: of many blocks the smallest difference between the clock and their own time is right.
      const at = block.timestamp / 1000;
      mine.offset = Math.min(mine.offset, Date.now() - at);
      mine.first ??= at;
      const samples = new Float32Array(block.numberOfFrames);
      block.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      const sound = kept(samples, Math.round(block.sampleRate / RATE_HZ));
      if (sound) mine.blocks.push([at, sound]);
      block.close();
    }
  };

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...settings) {
      super(...settings);
      this.addEventListener("track", ({ track }) => track.kind === "audio" && listen(track));
    }
  };

  const base64 = (bytes) => {
    let text = "";
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(text);
  };

  // {wall: ms of the first sample, pcm: base64 of 16-bit little-endian mono at 16 kHz}
  window.ears = () => {
    const heard = tracks.filter(({ first }) => first !== null);
    const wall = heard.reduce((least, { first, offset }) => Math.min(least, first + offset), Date.now());
    const blocks = heard.flatMap(({ offset, blocks }) => blocks.map(([at, sound]) => [at + offset, sound]));
    const samples = new Int16Array(Math.ceil((Date.now() - wall + 1000) * PER_MS));
    for (const [at, sound] of blocks) {
      const begin = Math.round((at - wall) * PER_MS);
      for (let i = 0; i < sound.length; i++) samples[begin + i] += sound[i];
    }
    return { wall, pcm: base64(new Uint8Array(samples.buffer)) };
  };
})();
