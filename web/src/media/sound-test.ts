/** Sounds for testing one's own devices. Both resolve when they are over, and reject when nothing can be played. */

const LISTEN_MS = 3000;

/** Record `track` for three seconds and play it back; `playing` is called in between. */
export async function echo(track: MediaStreamTrack, playing: () => void, signal: AbortSignal): Promise<void> {
  const recorded = await record(track, signal);
  playing();
  const url = URL.createObjectURL(recorded);
  try {
    const audio = new Audio(url);
    signal.addEventListener("abort", () => audio.pause());
    await audio.play();
    await new Promise<void>((done, failed) => {
      audio.onended = () => done();
      audio.onpause = () => done();
      audio.onerror = () => failed(new Error("the recording cannot be played"));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function record(track: MediaStreamTrack, signal: AbortSignal): Promise<Blob> {
  // A copy that is switched on: whoever enters muted hears themselves, too.
  const own = track.clone();
  own.enabled = true;
  const recorder = new MediaRecorder(new MediaStream([own]));
  const parts: Blob[] = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  return new Promise((done) => {
    const end = () => recorder.state !== "inactive" && recorder.stop();
    recorder.onstop = () => {
      own.stop();
      done(new Blob(parts, { type: recorder.mimeType }));
    };
    recorder.start();
    setTimeout(end, LISTEN_MS);
    signal.addEventListener("abort", end);
  });
}

/** Two rising notes. */
export async function chime(signal: AbortSignal): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const level = context.createGain();
    level.gain.value = 0.2;
    level.connect(context.destination);
    for (const [index, frequency] of [523, 659].entries()) {
      const note = context.createOscillator();
      note.frequency.value = frequency;
      note.connect(level);
      note.start(context.currentTime + index * 0.35);
      note.stop(context.currentTime + index * 0.35 + 0.3);
    }
    await new Promise<void>((done) => {
      setTimeout(done, 900);
      signal.addEventListener("abort", () => done());
    });
  } finally {
    await context.close();
  }
}
