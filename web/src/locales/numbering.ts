/** Words of how an office numbers its letters. */

export const numberingId = {
  title: (office: string) => `Penomoran naskah ${office}`,
  lead: "Nomor diambil satu kali untuk setiap naskah rapat, berurutan dalam satu tahun. Nomor yang sudah diambil tidak ikut berubah.",
  readOnly: "Hanya sekretariat kantor ini yang dapat mengubah pola.",
  template: "Pola nomor",
  marks: "Penanda yang dapat dipakai:",
  marksHint: "{no} dan {tahun} wajib ada.",
  unknown: (names: string) => `Penanda tidak dikenal: ${names}`,
  classification: "Kode klasifikasi",
  classificationHint: "Untuk {klasifikasi}, misalnya HK.04.",
  unit: "Kode unit",
  unitHint: "Untuk {unit}, misalnya 08.",
  office: "Singkatan satker",
  officeHint: "Untuk {satker}, misalnya KPU atau KPU-Prov.",
  codes: "Kode jenis naskah, untuk {jenis}",
  kinds: {
    notula: "Notula",
    "berita-acara": "Berita acara",
    risalah: "Risalah",
    "tindak-lanjut": "Daftar tindak lanjut",
  },
  following: "Nomor urut berikutnya tahun ini",
  followingHint: "Naikkan bila nomor sebelumnya sudah dipakai di luar Rakor.",
  example: "Contoh nomor berikutnya",
  save: "Simpan Pola",
  saved: "Pola nomor tersimpan.",
};

export const numberingErrorsId = {
  bad_template:
    "Pola tidak dapat dipakai. Pola memuat {no} satu kali dan {tahun}, hanya penanda yang dikenal, dan setiap kode yang dipakai harus diisi dengan huruf, angka, titik, garis miring, atau garis hubung.",
  counted_already: "Nomor urut itu sudah dipakai tahun ini. Masukkan nomor yang lebih besar.",
  bad_number:
    "Nomor memuat 1 sampai 120 huruf, angka, spasi, titik, garis miring, garis hubung, atau kurung.",
  number_taken:
    "Nomor ini sudah dipakai surat lain dari kantor yang sama. Periksa buku agenda, lalu masukkan nomor lain.",
  numbered: "Naskah ini sudah bernomor, dan nomor yang diambil tidak berubah.",
};

export const numberingEn: typeof numberingId = {
  title: (office) => `Document numbers of ${office}`,
  lead: "A number is taken once for each document of a meeting, counting up within a year. Numbers that were taken do not change.",
  readOnly: "Only the secretariat of this office can change the pattern.",
  template: "Number pattern",
  marks: "Placeholders:",
  marksHint: "{no} and {tahun} are required.",
  unknown: (names) => `Unknown placeholder: ${names}`,
  classification: "Classification code",
  classificationHint: "For {klasifikasi}, for example HK.04.",
  unit: "Unit code",
  unitHint: "For {unit}, for example 08.",
  office: "Office abbreviation",
  officeHint: "For {satker}, for example KPU or KPU-Prov.",
  codes: "Codes of document kinds, for {jenis}",
  kinds: {
    notula: "Minutes",
    "berita-acara": "Official record",
    risalah: "Verbatim record",
    "tindak-lanjut": "List of follow-ups",
  },
  following: "Next running number this year",
  followingHint: "Raise it when earlier numbers were used outside Rakor.",
  example: "What the next number looks like",
  save: "Save Pattern",
  saved: "Number pattern saved.",
};

export const numberingErrorsEn: typeof numberingErrorsId = {
  bad_template:
    "This pattern cannot be used. It needs {no} once and {tahun}, known placeholders only, and every code it uses must be filled in with letters, digits, dots, slashes or hyphens.",
  counted_already: "That number was already used this year. Enter a higher one.",
  bad_number: "A number has 1 to 120 letters, digits, spaces, dots, slashes, hyphens or brackets.",
  number_taken:
    "Another letter of the same office has this number. Check the register and enter another one.",
  numbered: "This document already has a number, and a number that was taken does not change.",
};
