import { ZONES, zoneName } from "../format/time";
import { t } from "../locales";
import { Choices } from "./choices";

/** On whose clock a time is meant. Indonesia's three zones, and the reader's own where that is another. */
export function ZoneField({ home }: { home: string }) {
  const zones = ZONES.some((zone) => zoneName(zone) === zoneName(home)) ? ZONES : [home, ...ZONES];
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: its control is the native list in Choices
    <label class="field">
      <span>{t.value.create.zone}</span>
      <Choices
        name="zone"
        value={zones.find((zone) => zoneName(zone) === zoneName(home)) ?? home}
        options={zones.map((zone) => [zone, zoneName(zone)] as const)}
      />
    </label>
  );
}
