/** What every page may say of a notula: its states, and why something about it was refused. */

export const notulaId = {
  title: "Notula",
  open: "Buka Notula",
  states: {
    machine_draft: "Draf mesin",
    edited: "Disunting",
    in_review: "Sedang ditelaah",
    returned: "Dikembalikan",
    approved: "Disetujui",
    signed: "Telah ditandatangani",
    archived: "Diarsipkan",
    amended: "Diralat",
    revoked: "Dicabut",
  },
};

export const notulaEn: typeof notulaId = {
  title: "Minutes",
  open: "Open the Minutes",
  states: {
    machine_draft: "Machine draft",
    edited: "Edited",
    in_review: "In review",
    returned: "Returned",
    approved: "Approved",
    signed: "Signed",
    archived: "Archived",
    amended: "Amended",
    revoked: "Revoked",
  },
};

export const notulaErrorsId = {
  no_notula: "Belum ada notula untuk rapat ini.",
  notula_changed: "Notula sudah diubah orang lain. Muat ulang halaman, lalu coba lagi.",
};

export const notulaErrorsEn: typeof notulaErrorsId = {
  no_notula: "There are no minutes of this meeting yet.",
  notula_changed: "Somebody else has changed the minutes. Load the page again, then try once more.",
};
