/** The language of the page: Indonesian first, English second, remembered on this machine. */

import { computed, signal } from "@preact/signals";
import type { Language } from "../format/time";
import { en } from "./en";
import { id } from "./id";

type Loose<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { [Key in keyof T]: Loose<T[Key]> };

/** The shape of a language: what `id` has, no more and no less. */
export type Catalogue = Loose<typeof id>;

const REMEMBERED = "rakor.language";
const CATALOGUES: Record<Language, Catalogue> = { id, en };

export const language = signal<Language>("id");

/** The texts in the language of the page; reading `.value` in a component follows the language. */
export const t = computed<Catalogue>(() => CATALOGUES[language.value]);

export function setLanguage(next: Language): void {
  language.value = next;
  document.documentElement.lang = next;
  localStorage.setItem(REMEMBERED, next);
}

export function recallLanguage(): void {
  setLanguage(localStorage.getItem(REMEMBERED) === "en" ? "en" : "id");
}

/** What to say to a person about a problem code of the server. */
export function problemText(code: string, catalogue: Catalogue): string {
  const text = (catalogue.errors as Record<string, unknown>)[code];
  return typeof text === "string" ? text : catalogue.errors.unknown;
}
