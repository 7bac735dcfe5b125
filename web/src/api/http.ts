/** HTTP as the page uses it: JSON in and out, problem+json (RFC 9457) as `ApiError`. */

export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** Stable; `unreachable` when no answer came at all. */
    readonly code: string,
    readonly detail: string,
    /** Further members of the problem. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
  }
}

type Query = Record<string, string | number | null | undefined>;

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({}));
  const code = typeof problem.code === "string" ? problem.code : "unknown";
  return new ApiError(
    response.status,
    code,
    typeof problem.detail === "string" ? problem.detail : "",
    problem,
  );
}

export async function ask(path: string, given: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...given });
  } catch (error) {
    if (given.signal?.aborted) throw error;
    throw new ApiError(0, "unreachable", String(error));
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const headers: HeadersInit = body === undefined ? {} : { "Content-Type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await ask(path, { method, headers, ...(signal && { signal }), ...sent });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const one = encodeURIComponent;
