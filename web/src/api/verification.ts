/** What anybody may ask about a document, without signing in. */

import { address, ask, call, one } from "./http";
import type { State } from "./notula";

export interface Verified {
  readonly code: string;
  readonly title: string;
  /** ISO date. */
  readonly date: string;
  readonly host: string;
  readonly state: State;
  readonly version: number;
  readonly sha256: string;
  readonly signers: readonly {
    readonly duty: "minute_taker" | "chair";
    readonly name: string;
    readonly position: string;
    readonly at: string;
  }[];
  /** Number of the version that amended it. */
  readonly superseded_by: number | null;
  readonly revoked: boolean;
  /** Fingerprint of the key that sealed it. */
  readonly key: string;
}

export type Mismatch = "unknown" | "not_sealed" | "changed" | "other_key" | "not_signed" | "not_kept";

export interface FileVerdict {
  readonly matches: boolean;
  readonly kind: "pdf" | "docx" | "json" | "unknown";
  /** Of the file. */
  readonly sha256: string;
  /** Empty where it matches. */
  readonly why: "" | Mismatch;
  readonly code: string | null;
  readonly of: Verified | null;
}

export const verificationApi = {
  code: (code: string) => call<Verified>("GET", address(`/verification/${one(code)}`)),
  file: async (file: Blob): Promise<FileVerdict> => {
    const given = { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } };
    return (await ask(address("/verification"), given)).json();
  },
};
