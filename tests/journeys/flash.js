// A microphone and a camera in one: the picture turns white for a moment whenever a beep begins.
//
// Stands in for the devices of a browser. One timer makes both in one turn, so that nothing lies between them but what
// carries them, and on a thread of its own, as devices have it: what a busy page holds up comes late in both, but sound
// is held up more than it can be. An AudioContext would leave out for good what was due while the machine was busy.
(() => {
  const DEVICES = `
    const WIDTH = 960;
    const HEIGHT = 540;
    const FRAME_MS = 80; // less often than the page sends frames: it would leave some out, and they might be white
    const EVERY_FRAMES = 15;
    const WHITE_FRAMES = 2;
    const LOUD_FRAMES = 5; // as long as a short word: it must count as a voice
    const BAR_LINES = 40;
    const BLOCK_MS = 10;
    const RATE_HZ = 48000;
    const BEEP_HZ = 600; // whole waves in every block
    const LUMA = WIDTH * HEIGHT;
    const LENGTH = (RATE_HZ * BLOCK_MS) / 1000;
    const TONE = Float32Array.from({ length: LENGTH }, (_, i) => Math.sin((2 * Math.PI * BEEP_HZ * i) / RATE_HZ) / 2);
    const SILENCE = new Float32Array(LENGTH);
    const SOUND = { format: "f32-planar", sampleRate: RATE_HZ, numberOfFrames: LENGTH, numberOfChannels: 1 };
    const PICTURE = { format: "I420", codedWidth: WIDTH, codedHeight: HEIGHT };
    const picture = new Uint8Array(LUMA * 1.5).fill(128); // grey
    const began = performance.now();
    let [on, frame, blocks, loud] = [false, 0, 0, false];
    let sound, camera;

    // As much sound as time has passed.
    const play = () => {
      for (; began + blocks * BLOCK_MS < performance.now(); blocks++) {
        const timestamp = (began + blocks * BLOCK_MS) * 1000;
        sound?.write(new AudioData({ ...SOUND, data: loud ? TONE : SILENCE, timestamp }));
      }
    };
    const paint = (white) => {
      picture.fill(white ? 235 : 32, 0, LUMA);
      // Something moves, as before any camera: a picture that stands still is sent less often.
      picture.fill(128, LUMA - WIDTH * (1 + (frame % BAR_LINES)), LUMA);
      camera?.write(new VideoFrame(picture, { ...PICTURE, timestamp: performance.now() * 1000 }));
    };
    const next = () => {
      const place = on ? frame % EVERY_FRAMES : EVERY_FRAMES;
      play(); // what came before this moment
      loud = place < LOUD_FRAMES;
      paint(place < WHITE_FRAMES);
      frame++;
    };

    onmessage = ({ data }) => {
      if ("on" in data) [on, frame] = [data.on, 0];
      if (data.kind === "audio") sound = data.writable.getWriter();
      if (data.kind === "video") camera = data.writable.getWriter();
    };
    setInterval(next, FRAME_MS);
    setInterval(play, BLOCK_MS);`;

  if (!navigator.mediaDevices) return;
  const devices = new Worker(URL.createObjectURL(new Blob([DEVICES], { type: "text/javascript" })));
  const tracks = {};
  const open = (kind) => {
    if (tracks[kind]) return tracks[kind];
    const track = new MediaStreamTrackGenerator({ kind });
    devices.postMessage({ kind, writable: track.writable }, [track.writable]);
    tracks[kind] = track;
    return track;
  };
  navigator.mediaDevices.getUserMedia = async (wanted) =>
    new MediaStream(["audio", "video"].filter((kind) => wanted[kind]).map((kind) => open(kind).clone()));
  window.flash = (on) => devices.postMessage({ on });
})();
