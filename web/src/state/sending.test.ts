import { expect, it } from "vitest";
import { ApiError } from "../api/client";
import { LARGEST, type News, nextSize, type Ports, passes, SMALLEST, send } from "./sending";

const MB = 1024 * 1024;

/** A server in memory, on a line of so many bytes a second; `plan` may break the next requests. */
class Server implements Ports {
  size = 0;
  readonly kept: ArrayBuffer[] = [];
  readonly pauses: number[] = [];
  readonly parts: number[] = [];
  clock = 0;

  constructor(
    private readonly rate: number,
    private readonly plan: (ApiError | null)[] = [],
    /** What of a part arrives although its answer is lost. */
    private readonly arrives = 0,
  ) {}

  async received() {
    return this.size;
  }

  private keep(part: ArrayBuffer) {
    this.kept.push(part);
    this.size += part.byteLength;
  }

  async append(offset: number, part: ArrayBuffer) {
    this.parts.push(part.byteLength);
    const trouble = this.plan.shift() ?? null;
    if (trouble) {
      this.keep(part.slice(0, this.arrives));
      throw trouble;
    }
    if (offset !== this.size) throw new ApiError(409, "wrong_offset", "");
    this.keep(part);
    this.clock += part.byteLength / this.rate;
    return this.size;
  }

  now() {
    return this.clock;
  }

  async pause(seconds: number) {
    this.pauses.push(seconds);
  }
}

function file(length: number): Blob {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = (index * 7) % 251;
  return new Blob([bytes]);
}

async function same(one: Blob, another: Blob): Promise<boolean> {
  const [first, second] = await Promise.all([one.arrayBuffer(), another.arrayBuffer()]);
  const other = new Uint8Array(second);
  return (
    first.byteLength === second.byteLength && new Uint8Array(first).every((byte, at) => byte === other[at])
  );
}

const never = new AbortController().signal;

it("sends all of a file, in parts as long as a few seconds", async () => {
  const server = new Server(2 * MB);
  const told: News[] = [];
  const whole = file(20 * MB);
  await send(whole, server, (news) => told.push(news), never);
  expect(await same(new Blob(server.kept), whole)).toBe(true);
  expect(server.parts.map((part) => part / MB)).toEqual([1, 2, 4, 4, 4, 4, 1]);
  expect(told.at(-1)?.sent).toBe(20 * MB);
  expect(told.at(-1)?.rate).toBeCloseTo(2 * MB);
});

it("goes on where the server is, also when an answer was lost on its way", async () => {
  const lost = new ApiError(0, "unreachable", "");
  const server = new Server(MB, [null, lost, lost], 1000);
  const told: News[] = [];
  const whole = file(2 * MB + 17);
  await send(whole, server, (news) => told.push(news), never);
  expect(await same(new Blob(server.kept), whole)).toBe(true);
  expect(server.pauses).toEqual([1, 2]);
  expect(told.filter(({ problem }) => problem === "unreachable")).toHaveLength(2);
  expect(told.at(-1)?.problem).toBeNull();
});

it("waits for a server that restarts, ever longer, but never for minutes", async () => {
  const server = new Server(MB, Array(9).fill(new ApiError(503, "unknown", "")));
  await send(file(10), server, () => undefined, never);
  expect(server.pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30]);
});

it.each([
  [401, "not_signed_in"],
  [404, "not_found"],
  [409, "taken_over"],
  [410, "gone"],
])("gives up on what does not pass by itself: %i %s", async (status, code) => {
  const server = new Server(MB, [new ApiError(status, code, "")]);
  await expect(send(file(10), server, () => undefined, never)).rejects.toMatchObject({ code });
  expect(server.pauses).toEqual([]);
});

it("stops when it is told to", async () => {
  const abort = new AbortController();
  const server = new Server(MB);
  const stop = () => abort.abort();
  await expect(send(file(4 * MB), server, stop, abort.signal)).rejects.toThrow();
  expect(server.parts.length).toBeLessThan(3);
});

it("says so when the file is gone from the computer", async () => {
  const gone = {
    size: 10,
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) }),
  };
  const sending = send(gone as unknown as Blob, new Server(MB), () => undefined, never);
  await expect(sending).rejects.toMatchObject({ code: "file_gone" });
});

it("keeps parts within bounds", () => {
  expect(nextSize(LARGEST, 0.1)).toBe(LARGEST);
  expect(nextSize(SMALLEST, 60)).toBe(SMALLEST);
  expect(nextSize(MB, 4)).toBe(MB);
});

it("tries again what a full or busy server refused", () => {
  expect(passes(new ApiError(507, "no_room", ""))).toBe(true);
  expect(passes(new ApiError(422, "validation", ""))).toBe(false);
  expect(passes(new Error("a mistake of ours"))).toBe(false);
});
