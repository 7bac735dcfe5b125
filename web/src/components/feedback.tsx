/** Waiting, failing, and having nothing to show: each says what a person can do. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/client";
import { problemText, t } from "../locales";
import { Icon } from "./icons";

export function Loading({ page = false }: { page?: boolean }) {
  return (
    <p class={page ? "loading loading-page" : "loading"} role="status">
      {t.value.app.loading}
    </p>
  );
}

/** A refusal in words. Only a code without words of its own is shown as a reference for the operator. */
export function Problem({ code }: { code: string | null }) {
  if (!code) return null;
  const text = problemText(code, t.value);
  const unnamed = text === t.value.errors.unknown && code !== "unknown";
  return (
    <p class="notice notice-bad" role="alert">
      <Icon name="warning" />
      <span>
        {text} {unnamed && <small>{t.value.errors.reference(code)}</small>}
      </span>
    </p>
  );
}

interface Failure {
  code: string;
  retry?: () => void;
  /** Where to go instead: what is not there will not be there when it is asked for again. */
  back?: { href: string; label: string };
  page?: boolean;
}

export function Failed({ code, retry, back, page = false }: Failure) {
  const lost = back && code === "not_found";
  return (
    <div class={page ? "failed failed-page" : "failed"}>
      <Problem code={code} />
      {lost && (
        <a class="button" href={back.href}>
          <Icon name="back" />
          {back.label}
        </a>
      )}
      {retry && !lost && (
        <button type="button" class="button" onClick={retry}>
          {t.value.app.retry}
        </button>
      )}
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : "unknown";
}

export type Loaded<T> = {
  value: T | null;
  failed: string | null;
  again: () => void;
  set: (value: T) => void;
};

/** Ask once, and again when `again` is called; `key` names what is asked for. */
export function useLoaded<T>(ask: () => Promise<T>, key: string): Loaded<T> {
  const [value, set] = useState<T | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let current = true;
    ask().then(
      (got) => {
        if (!current) return;
        setFailed(null);
        set(() => got);
      },
      (error) => current && setFailed(codeOf(error)),
    );
    return () => {
      current = false;
    };
  }, [key, turn]);
  return { value, failed, again: () => setTurn((last) => last + 1), set: (next) => set(() => next) };
}
