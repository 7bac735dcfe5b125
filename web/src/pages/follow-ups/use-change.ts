import { useState } from "preact/hooks";
import type { Item } from "../../api/follow-ups";
import { codeOf } from "../../components/feedback";

export interface Change {
  busy: boolean;
  problem: string | null;
  saved: boolean;
  /** Whether it was done; then the page has the item as it is now. */
  run: (ask: () => Promise<Item>) => Promise<boolean>;
  forget: () => void;
}

/** Something asked of the server that answers with the item as it is then. */
export function useChange(set: (item: Item) => void): Change {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const run = async (ask: () => Promise<Item>) => {
    setBusy(true);
    setProblem(null);
    setSaved(false);
    try {
      set(await ask());
      setSaved(true);
      return true;
    } catch (error) {
      setProblem(codeOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const forget = () => {
    setProblem(null);
    setSaved(false);
  };
  return { busy, problem, saved, run, forget };
}
