/**
 * One file to the server, in parts, until all of it is there. What the server has is asked, never remembered: after a
 * lost line it may have more or less than was thought. Parts are as large as a few seconds carry, so that progress is
 * seen and little is sent twice.
 */

import { ApiError } from "../api/client";

export const SMALLEST = 256 * 1024;
export const LARGEST = 16 * 1024 * 1024;
const FIRST = 1024 * 1024;
const WANTED_S = 4;
const LONGEST_PAUSE_S = 30;
/** Of the newest part in the rate shown. */
const NEWEST = 0.3;

export interface Ports {
  /** Bytes that the server has. */
  received(): Promise<number>;
  /** Send a part; bytes that the server has then. */
  append(offset: number, part: ArrayBuffer): Promise<number>;
  /** Seconds, of any clock. */
  now(): number;
  /** Wait, or less when the line comes back. */
  pause(seconds: number): Promise<void>;
}

export interface News {
  sent: number;
  /** Bytes a second; null while nothing is known. */
  rate: number | null;
  /** Why nothing is sent at the moment: it is tried again. */
  problem: string | null;
}

/** Resolves when the server has all of it. Throws what does not pass by itself, and when `signal` is aborted. */
export async function send(
  file: Blob,
  ports: Ports,
  tell: (news: News) => void,
  signal: AbortSignal,
): Promise<void> {
  let size = FIRST;
  let failures = 0;
  let sent: number | null = null;
  let news: News = { sent: 0, rate: null, problem: null };
  const say = (change: Partial<News>) => {
    news = { ...news, ...change };
    tell(news);
  };
  for (;;) {
    signal.throwIfAborted();
    try {
      sent ??= await ports.received();
      say({ sent, problem: null });
      if (sent >= file.size) return;
      const part = await read(file.slice(sent, sent + size));
      const began = ports.now();
      sent = await ports.append(sent, part);
      const took = Math.max(0.001, ports.now() - began);
      say({ sent, rate: smoothed(news.rate, part.byteLength / took) });
      size = nextSize(size, took);
      failures = 0;
    } catch (error) {
      if (signal.aborted || !passes(error)) throw error;
      sent = null;
      size = FIRST;
      say({ problem: error instanceof ApiError ? error.code : "unreachable" });
      await ports.pause(Math.min(LONGEST_PAUSE_S, 2 ** failures++));
    }
  }
}

/** Twice or half as much, when a part took much less or more than it should. */
export function nextSize(size: number, took: number): number {
  if (took < WANTED_S / 2) return Math.min(LARGEST, size * 2);
  if (took > WANTED_S * 2) return Math.max(SMALLEST, size / 2);
  return size;
}

/** What is tried again: a lost line, a server that restarts or is full. `wrong_offset` only says that we must ask. */
export function passes(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 0 || error.status >= 500 || ["wrong_offset", "nothing_came"].includes(error.code);
}

async function read(part: Blob): Promise<ArrayBuffer> {
  try {
    return await part.arrayBuffer();
  } catch {
    throw new ApiError(-1, "file_gone", "the file was moved or changed");
  }
}

function smoothed(before: number | null, newest: number): number {
  return before === null ? newest : before + NEWEST * (newest - before);
}
