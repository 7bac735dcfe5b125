/** Choosing, testing and repairing microphone and camera. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../locales";
import type { Device } from "../media/devices";
import { measure } from "../media/meter";
import { useServices } from "../services";
import { Icon } from "./icons";

export function DeviceSelect({ device, label }: { device: Device; label: string }) {
  const { local } = useServices();
  const list = local.choices.value[device];
  const current = local[device].value?.getSettings().deviceId ?? local.chosen.value[device] ?? "";
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={current}
        disabled={list.length === 0}
        onChange={(event) => void local.choose(device, event.currentTarget.value)}
      >
        {list.length === 0 && <option value="">–</option>}
        {list.map((each, index) => (
          <option key={each.deviceId} value={each.deviceId}>
            {each.label || t.value.pre.unnamed(index + 1)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function DeviceProblem({ device }: { device: Device }) {
  const { local } = useServices();
  const problem = local.problems.value[device];
  if (!problem) return null;
  const again = () => void (device === "mic" ? local.setMic(true) : local.setCamera(true));
  return (
    <div class="notice notice-bad" role="alert">
      <Icon name="warning" />
      <span>
        {t.value.device[device][problem]}{" "}
        <button type="button" class="button button-small" onClick={again}>
          {t.value.app.retry}
        </button>
      </span>
    </div>
  );
}

/** Nothing above this for `SILENT_AFTER_MS`: the microphone is probably off at the device. */
const SILENCE = 0.06;
const SILENT_AFTER_MS = 6000;

export function LevelMeter() {
  const { local } = useServices();
  const [level, setLevel] = useState(0);
  const [silent, setSilent] = useState(false);
  const track = local.mic.value;
  useEffect(() => {
    if (!track) return;
    let heard = performance.now();
    const stop = measure(track, (now) => {
      setLevel(now);
      if (now > SILENCE) heard = performance.now();
      setSilent(performance.now() - heard > SILENT_AFTER_MS);
    });
    return () => {
      stop();
      setLevel(0);
      setSilent(false);
    };
  }, [track]);
  if (!track) return null;
  return (
    <div class="level">
      <meter min={0} max={1} value={level} aria-label={t.value.pre.level} />
      <small role="status">{silent ? t.value.pre.silent : t.value.pre.speak}</small>
    </div>
  );
}
