/** Words of the chat. */

export const chatId = {
  title: "Obrolan",
  empty: "Belum ada pesan. Pesan untuk semua disimpan bersama catatan rapat.",
  to: "Kirim kepada",
  all: "Semua peserta",
  leaders: "Pimpinan dan sekretariat",
  text: "Pesan",
  send: "Kirim",
  you: "Anda",
  toLeaders: "kepada pimpinan dan sekretariat",
  toOne: (name: string) => `kepada ${name}`,
  toYou: "kepada Anda",
  limited: "Peserta hanya dapat menulis kepada pimpinan dan sekretariat.",
  limit: "Batasi Obrolan",
  free: "Bebaskan Obrolan",
  unread: (count: number) => `${count} pesan baru`,
  from: (name: string, text: string) => `${name}: ${text}`,
};

export const chatEn: typeof chatId = {
  title: "Chat",
  empty: "No messages yet. Messages to everybody are kept with the record of the meeting.",
  to: "Send to",
  all: "Everybody",
  leaders: "Chair and secretariat",
  text: "Message",
  send: "Send",
  you: "You",
  toLeaders: "to chair and secretariat",
  toOne: (name) => `to ${name}`,
  toYou: "to you",
  limited: "Participants may write to chair and secretariat only.",
  limit: "Limit Chat",
  free: "Free Chat",
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  from: (name, text) => `${name}: ${text}`,
};
