/** When the browser's way to the network may have changed: another Wi-Fi, a cable pulled out, a tunnel's end. */

/** Not in TypeScript's library, nor in Firefox (Network Information, section 6). */
interface WithConnection {
  connection?: EventTarget;
}

/** `connection` also changes with every new estimate of its speed: whoever listens looks first. */
export function onNetworkChange(changed: () => void): () => void {
  const connection = (navigator as WithConnection).connection;
  addEventListener("online", changed);
  connection?.addEventListener("change", changed);
  return () => {
    removeEventListener("online", changed);
    connection?.removeEventListener("change", changed);
  };
}
