// What a person says, in place of the sound of Chromium's fake microphone: silence, and a speech that begins on time.
//
// A timer on a thread of its own writes as much sound as time has passed. An AudioContext would leave out for good
// whatever was due while the machine was busy, and four browsers could not speak one script in time.
(() => {
  const DEVICE = `
    const BLOCK_MS = 10;
    const PER_MS = 16;
    const LENGTH = BLOCK_MS * PER_MS;
    const FORM = { format: "s16", sampleRate: PER_MS * 1000, numberOfFrames: LENGTH, numberOfChannels: 1 };
    const opened = Date.now();
    let [blocks, out] = [0, null];
    let [speech, at] = [new Int16Array(), Number.POSITIVE_INFINITY];

    const block = (wall) => {
      const data = new Int16Array(LENGTH);
      const from = Math.round((wall - at) * PER_MS);
      const due = speech.subarray(Math.max(0, from), Math.max(0, from + LENGTH));
      data.set(due, Math.max(0, -from) % LENGTH);
      if (due.length > 0 && from <= 0) postMessage({ began: Date.now() - from / PER_MS });
      return data;
    };
    const play = () => {
      for (; opened + blocks * BLOCK_MS < Date.now(); blocks++) {
        const data = block(opened + blocks * BLOCK_MS);
        out.write(new AudioData({ ...FORM, data, timestamp: blocks * BLOCK_MS * 1000 }));
      }
    };
    onmessage = ({ data }) => {
      if (data.writable) {
        out = data.writable.getWriter();
        setInterval(play, BLOCK_MS);
      }
      if (data.speech) speech = data.speech;
      if (data.at) at = data.at;
    };`;

  const original = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (!original) return;
  let device = null;
  let microphone = null;
  let began = null;

  const open = () => {
    device = new Worker(URL.createObjectURL(new Blob([DEVICE], { type: "text/javascript" })));
    device.onmessage = ({ data }) => {
      began = data.began;
    };
    microphone = new MediaStreamTrackGenerator({ kind: "audio" });
    device.postMessage({ writable: microphone.writable }, [microphone.writable]);
  };

  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    for (const real of stream.getAudioTracks()) {
      if (!device) open();
      stream.removeTrack(real);
      real.stop();
      stream.addTrack(microphone.clone());
    }
    return stream;
  };

  window.journey = {
    // Take a speech, base64 of 16-bit little-endian mono at 16 kHz, to say when it is told to.
    prepare: (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      device.postMessage({ speech: new Int16Array(bytes.buffer) });
    },
    // Let its first sample be heard at `wall` (ms).
    begin: (wall) => {
      began = null;
      device.postMessage({ at: wall });
    },
    // When that was (ms), by the clock; null until then.
    began: () => began,
  };
})();
