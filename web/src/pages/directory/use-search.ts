import { useEffect, useState } from "preact/hooks";

const PAUSE_MS = 250;

/** What somebody has written, once they pause. */
export function useSettled(written: string): string {
  const [settled, settle] = useState(written);
  useEffect(() => {
    const timer = setTimeout(() => settle(written.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [written]);
  return settled;
}
