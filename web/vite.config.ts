import { defineConfig } from "vite";

// `npm run dev` serves the page on its own port and hands API and WebSocket to a Rakor on port 8000.
export default defineConfig({
  // Rakor's content security policy allows no inline style or script, and nothing from a data: address.
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/api": { target: "http://localhost:8000", ws: true } } },
});
