/** The page's own small set of line icons, 24 × 24. Decoration: the button they stand in has a name. */

const PATHS = {
  mic: "M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3",
  "mic-off":
    "M9 9v3a3 3 0 0 0 4.5 2.6M15 11V6a3 3 0 0 0-5.8-1M5 11a7 7 0 0 0 10.6 6M19 11a7 7 0 0 1-.6 2.8M12 18v3M4 4l16 16",
  camera: "M4 7h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM15 11l6-3v8l-6-3",
  "camera-off":
    "M10 7h3a2 2 0 0 1 2 2v3M15 15a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2M15 11l6-3v8l-3-1.5M4 4l16 16",
  screen: "M3 5h18v11H3zM9 20h6M12 16v4M12 13V8.5M9.5 10.5L12 8l2.5 2.5",
  "screen-stop": "M3 5h18v11H3zM9 20h6M12 16v4M10 8.5l4 4M14 8.5l-4 4",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5c1.8 2.3 5.2 2.3 7 0M9 9.5v.5M15 9.5v.5",
  thumb: "M7 11v9H4v-9zM7 11l4-7a2 2 0 0 1 2 2v4h5.5a1.8 1.8 0 0 1 1.8 2.1l-1.2 6A2.4 2.4 0 0 1 16.7 20H7",
  clap: "M12 3v3M5 6l2 2M19 6l-2 2M7.5 14.5l4-4 5 5-3.5 3.5a3.5 3.5 0 0 1-5 0l-3-3z",
  heart: "M12 20C5 15.5 3.5 11.5 3.5 9A4.5 4.5 0 0 1 12 6.7 4.5 4.5 0 0 1 20.5 9c0 2.5-1.5 6.5-8.5 11z",
  hand: "M8 12V5.5a1.5 1.5 0 0 1 3 0V11M11 11V4a1.5 1.5 0 0 1 3 0v7M14 11V5.5a1.5 1.5 0 0 1 3 0V14a6.5 6.5 0 0 1-6.5 6.5c-2.4 0-3.9-1-5-3L3.6 13.6a1.5 1.5 0 0 1 2.5-1.6L8 14.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  gauge: "M4.5 18a9 9 0 1 1 15 0M12 14.5l4.5-5.5M7 18h10",
  pin: "M9 3h6l-1 6 3 3v2H7v-2l3-3zM12 14v7",
  expand: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  shrink: "M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5",
  zoom: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5M11 8v6M8 11h6",
  fit: "M3 5h18v14H3zM7 9h10v6H7z",
  forward: "M10 6l6 6-6 6",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  captions:
    "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM7 11h6M7 15h3M16 11h1M13 15h4",
  leave: "M3 12.5c5.5-4.7 12.5-4.7 18 0v3l-4.5-.8v-2.4a14 14 0 0 0-9 0v2.4L3 15.5z",
  stop: "M6 6h12v12H6z",
  play: "M8 5.5v13l11-6.5z",
  pause: "M8 5v14M16 5v14",
  more: "M12 5.5v.5M12 12v.5M12 18.5v.5",
  chat: "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
  agenda: "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
  gavel: "M13 4l7 7M10 7l7 7M14.5 5.5L8.5 11.5M18.5 9.5l-6 6M10.5 13.5L4 20M4 21h9",
  next: "M6 6v12l8-6zM18 6v12",
  previous: "M18 6v12l-8-6zM6 6v12",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  download: "M12 4v11M7.5 10.5L12 15l4.5-4.5M4 15v4h16v-4",
  upload: "M12 15V5M7.5 9L12 4.5 16.5 9M4 15v4h16v-4",
  plus: "M12 5v14M5 12h14",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  grid: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  speaker: "M3 5h12v14H3zM18 5h3v4h-3zM18 12h3v4h-3z",
  warning: "M12 4l9 16H3zM12 10v4M12 17v.5",
  sound: "M4 9h4l5-4v14l-5-4H4zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  back: "M14 6l-6 6 6 6",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  split: "M12 3v18M8 8l-4 4 4 4M16 8l4 4-4 4",
  join: "M12 3v5M12 16v5M3 12h6M6 9l3 3-3 3M21 12h-6M18 9l-3 3 3 3",
  unclear: "M4 9h4l5-4v14l-5-4H4zM17 10a2 2 0 1 1 2.6 1.9c-.4.2-.6.6-.6 1.1M19 16v.3",
  blacken: "M4 7h16M4 12h4M16 12h4M4 17h10M9 10.5h6v3H9z",
  undo: "M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6",
  redo: "M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6",
  loop: "M4 12a7 7 0 0 1 12-4.9L19 10M19 5v5h-5M20 12a7 7 0 0 1-12 4.9L5 14M5 19v-5h5",
  "back-2": "M11 7L5 12l6 5zM19 7l-6 5 6 5z",
  keyboard: "M3 6h18v12H3zM7 10h.5M11 10h.5M15 10h.5M17 14h.5M7 14h7",
  swap: "M4 8h13M14 5l3 3-3 3M20 16H7M10 13l-3 3 3 3",
  pen: "M4 20l1-4L16 5l3 3L8 19z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  key: "M8 17a4 4 0 1 1 3.6-5.7H21v3h-2.5v2.5h-3v-2.5h-3.9A4 4 0 0 1 8 17zM8 13v.1",
  out: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
