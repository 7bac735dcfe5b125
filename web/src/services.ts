/** What pages are given instead of reaching for it: made once in main.tsx. */

import type { Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Api } from "./api/client";
import type { Me } from "./api/types";
import type { Router } from "./router";
import type { Entry } from "./state/call";
import type { Local } from "./state/local";
import type { Uploads } from "./state/uploads";

export interface Services {
  api: Api;
  router: Router;
  local: Local;
  uploads: Uploads;
  /** Undefined until asked; null: nobody is signed in. */
  me: Signal<Me | null | undefined>;
  /** The room that the person has just chosen to enter, from the pre-join page. */
  entry: Signal<Entry | null>;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("a page outside main.tsx");
  return services;
}

/** The zone a person thinks in: the office's, else the browser's. */
export function homeZone(me: Me | null | undefined): string {
  return me?.office?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Who prepares meetings; the server holds the same rule. */
export function mayPrepare(me: Me | null | undefined): boolean {
  return me?.roles.some((role) => role === "chair" || role === "secretariat") ?? false;
}

/** Who keeps the directory, or part of it; the server holds the same rule. */
export function mayKeepPeople(me: Me | null | undefined): boolean {
  return me?.roles.some((role) => role === "admin" || role === "secretariat") ?? false;
}

export function mayKeepOffices(me: Me | null | undefined): boolean {
  return me?.roles.includes("admin") ?? false;
}
