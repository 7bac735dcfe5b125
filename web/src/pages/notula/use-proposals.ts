/** Proposals by the statement they are about; those that wait for an answer only. */

import { useComputed } from "@preact/signals";
import type { Proposal } from "../../api/notula";
import { useDesk } from "./desk";

export function useProposals(): ReadonlyMap<string, readonly Proposal[]> {
  const { manuscript } = useDesk();
  return useComputed(() => {
    const found = new Map<string, Proposal[]>();
    for (const each of manuscript.notula.value.proposals)
      if (each.answer === null) found.set(each.statement, [...(found.get(each.statement) ?? []), each]);
    return found;
  }).value;
}
