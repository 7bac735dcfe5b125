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
  readonly signers: readonly { readonly name: string; readonly position: string; readonly at: string }[];
  /** Code and number of the version that amended it. */
  readonly superseded_by: { readonly code: string; readonly version: number } | null;
  readonly revoked: boolean;
}

export interface FileVerdict {
  readonly matches: boolean;
  readonly kind: "pdf" | "docx" | "json" | "unknown";
  readonly code: string | null;
  readonly title?: string;
  readonly superseded_by?: Verified["superseded_by"];
  readonly revoked?: boolean;
}

export const verificationApi = {
  code: (code: string) => call<Verified>("GET", address(`/verification/${one(code)}`)),
  file: async (file: Blob): Promise<FileVerdict> => {
    const given = { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } };
    return (await ask(address("/verification"), given)).json();
  },
};
