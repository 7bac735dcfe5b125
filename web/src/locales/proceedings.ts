/** Words of what a meeting leaves besides its transcript: its course and its outcomes. */

export const proceedingsId = {
  outcomes: "Hasil rapat",
  listen: "Dengarkan bagian ini",
  listenTo: (kind: string, time: string) => `Dengarkan ${kind} pada ${time}`,
  item: (number: number) => `Acara ${number}`,
  floor: (name: string) => `Kesempatan bicara: ${name}`,
  held: (time: string) => `selama ${time}`,
  suspended: (clock: string) => `(rapat diskors pukul ${clock})`,
  resumed: (clock: string) => `(skors dicabut pukul ${clock})`,
  paused: (why: string) => `(perekaman dijeda: ${why})`,
  recorded: "(perekaman dilanjutkan)",
  attended: (present: string, invited: string) => `${present} dari ${invited} satker hadir`,
};

export const proceedingsEn: typeof proceedingsId = {
  outcomes: "Outcomes",
  listen: "Listen to this part",
  listenTo: (kind, time) => `Listen to ${kind} at ${time}`,
  item: (number) => `Item ${number}`,
  floor: (name) => `Floor: ${name}`,
  held: (time) => `for ${time}`,
  suspended: (clock) => `(adjourned at ${clock})`,
  resumed: (clock) => `(resumed at ${clock})`,
  paused: (why) => `(recording paused: ${why})`,
  recorded: "(recording resumed)",
  attended: (present, invited) => `${present} of ${invited} offices present`,
};
