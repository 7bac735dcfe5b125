import { ZONES, zoneName } from "../format/time";
import { t } from "../locales";

/** On whose clock a time is meant. Indonesia's three zones, and the reader's own where that is another. */
export function ZoneField({ home }: { home: string }) {
  const zones = ZONES.some((zone) => zoneName(zone) === zoneName(home)) ? ZONES : [home, ...ZONES];
  return (
    <label class="field">
      <span>{t.value.create.zone}</span>
      <select name="zone" defaultValue={zones.find((zone) => zoneName(zone) === zoneName(home)) ?? home}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zoneName(zone)}
          </option>
        ))}
      </select>
    </label>
  );
}
