/** The language of the page: Indonesian first, English second, remembered on this machine. */

import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Language } from "../format/time";
import { id } from "./id";

type Loose<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { [Key in keyof T]: Loose<T[Key]> };

/** The shape of a language: what `id` has, no more and no less. */
export type Catalogue = Loose<typeof id>;

const REMEMBERED = "rakor.language";

export const language = signal<Language>("id");
const catalogue = signal<Catalogue>(id);
let wanted: Language = "id";

/** The texts in the language of the page; reading `.value` in a component follows the language. */
export const t: ReadonlySignal<Catalogue> = catalogue;

/** English comes in a chunk of its own. Where it cannot be loaded, the page stays in the language it is in. */
export async function setLanguage(next: Language): Promise<void> {
  wanted = next;
  const texts = next === "id" ? id : await import("./en").then(({ en }) => en).catch(() => null);
  if (!texts || wanted !== next) return;
  batch(() => {
    language.value = next;
    catalogue.value = texts;
  });
  document.documentElement.lang = next;
  localStorage.setItem(REMEMBERED, next);
}

export function recallLanguage(): Promise<void> {
  return setLanguage(localStorage.getItem(REMEMBERED) === "en" ? "en" : "id");
}

/** What to say to a person about a problem code of the server. */
export function problemText(code: string, catalogue: Catalogue): string {
  const text = (catalogue.errors as Record<string, unknown>)[code];
  return typeof text === "string" ? text : catalogue.errors.unknown;
}
