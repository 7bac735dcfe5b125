// A microphone and a camera in one: the picture turns white for a moment whenever a beep begins.
//
// Stands in for the devices of a browser. Both are made by one timer in one turn, so that nothing lies between them but
// what carries them: the sound leaves with the next block of its context (10 ms), the picture with the next frame.
(() => {
  const WIDTH = 960;
  const HEIGHT = 540;
  const FRAMES_PER_S = 15;
  const FLASH_MS = 133;
  const BEEP_MS = 400; // as long as a short word: it must count as a voice
  const EVERY_MS = 1500;
  const BEEP_HZ = 600;
  const state = { on: false, sound: null, picture: null };

  const beeper = async () => {
    const context = new AudioContext({ sampleRate: 48000, latencyHint: "interactive", sinkId: { type: "none" } });
    const tone = new OscillatorNode(context, { frequency: BEEP_HZ });
    const gain = new GainNode(context, { gain: 0 });
    const out = context.createMediaStreamDestination();
    tone.connect(gain).connect(out);
    tone.start();
    await context.resume();
    const turn = (on) => gain.gain.setValueAtTime(on ? 0.5 : 0, context.currentTime);
    return { track: out.stream.getAudioTracks()[0], turn };
  };

  const lamp = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
    const pen = canvas.getContext("2d");
    const [track] = canvas.captureStream(0).getVideoTracks();
    let drawn = 0;
    // A bar goes round: no two frames are the same, and none can be told from a picture that stands still otherwise.
    const paint = (white) => {
      pen.fillStyle = white ? "#fff" : "#123";
      pen.fillRect(0, 0, WIDTH, HEIGHT);
      pen.fillStyle = "#777";
      pen.fillRect((drawn++ * 16) % WIDTH, HEIGHT - 16, 64, 16);
      track.requestFrame();
    };
    return { track, paint };
  };

  const flash = () => {
    if (!state.on) return;
    state.sound?.turn(true);
    state.white = performance.now() + FLASH_MS;
    state.picture?.paint(true);
    setTimeout(() => state.sound?.turn(false), BEEP_MS);
  };

  if (!navigator.mediaDevices) return;
  setInterval(flash, EVERY_MS);
  setInterval(() => state.picture?.paint(performance.now() < state.white), 1000 / FRAMES_PER_S);
  navigator.mediaDevices.getUserMedia = async ({ audio, video }) => {
    const tracks = [];
    if (audio) tracks.push((state.sound ??= await beeper()).track);
    if (video) tracks.push((state.picture ??= lamp()).track);
    return new MediaStream(tracks.map((track) => track.clone()));
  };
  window.flash = {
    turn: (on) => {
      state.on = on;
    },
  };
})();
