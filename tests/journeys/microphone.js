// Put between Chromium's fake microphone and the page, so that four browsers can speak one script in time.
//
// Each microphone file has two 50 ms marker tones a second from its beginning, four seconds apart. We hear when they
// really come and hold the sound back in a delay line until the moment all four are told. A context's clock stands still
// while its machine is too busy to ask it for sound: seconds, where four browsers start. So the delay is reckoned anew
// all through the silence before the second marker, from when that one came in and what the clock says now. Where the
// page gets it, it is the check.
(() => {
  const MARKER_LEVEL = 0.05;
  const MARKERS_APART_S = 4;
  const SAME_S = 0.2;
  const ADJUST_EVERY_MS = 200;
  const SETTLED_S = 0.5; // before the second marker: from then on the delay stays
  const QUIET_S = 0.1;
  const LONGEST_WAIT_S = 170;
  const DETECTOR = `
    registerProcessor('marker', class extends AudioWorkletProcessor {
      process([input]) {
        const samples = input[0];
        if (samples) for (let i = 0; i < samples.length; i++)
          if (Math.abs(samples[i]) > ${MARKER_LEVEL}) {
            const now = currentTime + i / sampleRate;
            if (!(now - this.loud < ${QUIET_S})) {
              this.port.postMessage(now);
            }
            this.loud = now;
          }
        return true;
      }
    });`;
  const state = { heard: [], wanted: null, began: null, context: null, delay: null };

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

  // Tells when a marker, or anything else that is loud behind silence, came (context's clock in s), until it says true.
  const listen = (context, node, done) => {
    const detector = new AudioWorkletNode(context, "marker", { numberOfOutputs: 0 });
    detector.port.onmessage = ({ data }) => {
      if (done(data)) {
        node.disconnect(detector);
        detector.port.onmessage = null;
      }
    };
    node.connect(detector);
  };

  // Let the second marker come out of the delay line when it should, as the clock runs now.
  const adjust = async () => {
    const { context, delay, wanted, heard } = state;
    const due = wanted / 1000 + MARKERS_APART_S;
    delay.delayTime.value = due - (await wallOffset(context)) - heard[1];
    if (Date.now() / 1000 < due - SETTLED_S) setTimeout(adjust, ADJUST_EVERY_MS);
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
    Object.assign(state, { heard: [], wanted: null, began: null, context, delay });
    listen(context, source, (at) => state.heard.push(at) === 2);
    listen(context, delay, (at) => {
      if (Math.abs(at - delay.delayTime.value - state.heard[1]) > SAME_S) return false;
      wallOffset(context).then((offset) => {
        state.began = (at + offset - MARKERS_APART_S) * 1000;
      });
      return true;
    });
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
    // Both markers have come in; and the wall clock (ms) at which the page heard the first, by the second.
    heard: () => state.heard.length === 2,
    began: () => state.began,
    // Let the page hear the first marker at `wall` (ms).
    begin: (wall) => {
      state.wanted = wall;
      return adjust();
    },
  };
})();
