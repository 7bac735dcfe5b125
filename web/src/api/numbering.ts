/** How an office numbers its letters. */

import { address, call, one } from "./http";

export type NumberedKind = "notula" | "risalah" | "tindak-lanjut" | "berita-acara";

export interface SchemeFields {
  /** With placeholders: `{no}/{klasifikasi}-{jenis}/{unit}/{tahun}`. */
  template: string;
  classification: string;
  unit: string;
  office: string;
  codes: Record<NumberedKind, string>;
}

export interface Scheme extends SchemeFields {
  /** The next running number of this year. */
  following: number;
  version: number;
  may_change: boolean;
}

const at = (office: string) => address(`/offices/${one(office)}/numbering`);

export const numbering = {
  read: (office: string) => call<Scheme>("GET", at(office)),
  change: (office: string, fields: SchemeFields, following: number | null, version: number) =>
    call<Scheme>("PUT", at(office), { ...fields, following, version }),
};
