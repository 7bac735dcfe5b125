// Put between Chromium's fake microphone and the page, so that four browsers can speak one script in time.
//
// Each microphone file has two 50 ms marker tones a second from its beginning, half a second apart. We hear when
// the first really comes and hold the sound back in a delay line until the moment all four are told. Where the page
// gets it, the first marker says how far off that was and the delay is set right in the silence behind it; the second
// marker is the check.
//
// A context's clock stands still while its machine is too busy to ask it for sound: seconds, where four browsers start.
// So how long to hold is reckoned by that clock when the moment is told; by the wall it would be too long by all of that,
// and to set that right would leap over the second marker.
(() => {
  const MARKER_LEVEL = 0.05;
  const MARKERS_APART_S = 0.5;
  const QUIET_S = 0.1;
  const LONGEST_WAIT_S = 170;
  const DETECTOR = `
    registerProcessor('marker', class extends AudioWorkletProcessor {
      process([input]) {
        const samples = this.found === 2 ? undefined : input[0];
        if (samples) for (let i = 0; i < samples.length; i++)
          if (Math.abs(samples[i]) > ${MARKER_LEVEL}) {
            const now = currentTime + i / sampleRate;
            if (!(now - this.loud < ${QUIET_S})) {
              this.found = (this.found ?? 0) + 1;
              this.port.postMessage(now);
            }
            this.loud = now;
          }
        return true;
      }
    });`;
  const state = { heard: null, wanted: null, began: null, context: null, heardAt: null, delay: null };

  // A context's clock is read late by up to a block: of many readings the smallest difference to the wall is right.
  const LOOKS = 40;
  const wallOffset = async (context) => {
    let offset = Number.POSITIVE_INFINITY;
    for (let look = 0; look < LOOKS; look++) {
      offset = Math.min(offset, Date.now() / 1000 - context.currentTime);
      await new Promise((then) => setTimeout(then, 2));
    }
    return offset;
  };

  // Tells when each of the two markers came (wall clock in ms, context's clock in s).
  const listen = (context, node, ...then) => {
    const detector = new AudioWorkletNode(context, "marker", { numberOfOutputs: 0 });
    detector.port.onmessage = async ({ data }) => then.shift()?.((data + (await wallOffset(context))) * 1000, data);
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
    Object.assign(state, { heard: null, wanted: null, began: null, context, heardAt: null, delay });
    listen(context, source, (at, heardAt) => Object.assign(state, { heard: at, heardAt }));
    listen(
      context,
      delay,
      (at) => (delay.delayTime.value += (state.wanted - at) / 1000),
      (at) => (state.began = at - MARKERS_APART_S * 1000),
    );
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
    begin: async (wall) => {
      state.wanted = wall;
      const seconds = wall / 1000 - (await wallOffset(state.context)) - state.heardAt;
      state.delay.delayTime.value = seconds;
      return seconds;
    },
  };
})();
