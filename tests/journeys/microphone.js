// Put between Chromium's fake microphone and the page, so that four browsers can speak one script in time.
//
// Each microphone file has a 50 ms marker tone a second from its beginning. We hear when it really starts, hold the sound back in a delay
// line until the moment all four are told, and hear the marker once more where the page gets it: that is the check.
(() => {
  const MARKER_LEVEL = 0.05;
  const LONGEST_WAIT_S = 170;
  const DETECTOR = `
    registerProcessor('marker', class extends AudioWorkletProcessor {
      process([input]) {
        const samples = this.done ? undefined : input[0];
        if (samples) for (let i = 0; i < samples.length; i++)
          if (Math.abs(samples[i]) > ${MARKER_LEVEL}) {
            this.done = true;
            this.port.postMessage(currentTime + i / sampleRate);
            return true;
          }
        return true;
      }
    });`;
  const state = { heard: null, began: null, delay: null, context: null };

  const wallClock = (context, at) => {
    const offset = Date.now() / 1000 - context.currentTime;
    return (at + offset) * 1000;
  };

  const listen = (context, node, then) => {
    const detector = new AudioWorkletNode(context, "marker", { numberOfOutputs: 0 });
    detector.port.onmessage = ({ data }) => then(wallClock(context, data));
    node.connect(detector);
  };

  // Everything that takes time is done before the microphone opens: its file begins to play at once.
  const prepare = async () => {
    const context = new AudioContext({ sampleRate: 48000, latencyHint: "playback", sinkId: { type: "none" } });
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([DETECTOR], { type: "text/javascript" })));
    await context.resume();
    return context;
  };

  const hold = (context, stream) => {
    const source = context.createMediaStreamSource(stream);
    const delay = context.createDelay(LONGEST_WAIT_S);
    delay.delayTime.value = LONGEST_WAIT_S;
    const out = context.createMediaStreamDestination();
    source.connect(delay).connect(out);
    Object.assign(state, { heard: null, began: null, delay, context });
    listen(context, source, (at) => (state.heard = at));
    listen(context, delay, (at) => (state.began = at));
    return out.stream.getAudioTracks()[0];
  };

  const original = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (!original) return;
  let ready = null;
  let microphone = null;
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (!constraints?.audio) return original(constraints);
    ready ??= prepare();
    const context = await ready;
    const stream = await original(constraints.video ? constraints : { audio: constraints.audio });
    const real = stream.getAudioTracks()[0];
    // A second request for the same microphone gets the same sound: the file must not start again.
    microphone ??= hold(context, new MediaStream([real]));
    const track = microphone.clone();
    stream.removeTrack(real);
    stream.addTrack(track);
    return stream;
  };

  window.journey = {
    // Wall clock (ms) at which the microphone really began, and at which the page heard it begin.
    heard: () => state.heard,
    began: () => state.began,
    // Let the page hear the microphone's first sample at `wall` (ms); returns the delay in seconds.
    begin: (wall) => {
      const seconds = (wall - state.heard) / 1000;
      state.delay.delayTime.value = seconds;
      return seconds;
    },
  };
})();
