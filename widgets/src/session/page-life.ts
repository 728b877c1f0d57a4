export interface PageLife {
  /** Nobody has looked at the page for a while, or it is being left. */
  rest(): void;
  /** Somebody may look at the page again. */
  wake(): void;
  /** The network came back or changed; open connections may be dead without knowing it. */
  online(): void;
}

/** A short look at another tab costs no reconnect; a forgotten tab costs no connection. */
const HIDDEN_PATIENCE_MS = 30_000;

/** Follows whether the page is looked at. Returns what ends it. */
export function followPage(life: PageLife): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") timer = setTimeout(() => life.rest(), HIDDEN_PATIENCE_MS);
    else life.wake();
  };
  document.addEventListener("visibilitychange", look, { signal });
  // A page in the back/forward cache may not hold a connection.
  window.addEventListener("pagehide", () => life.rest(), { signal });
  window.addEventListener("pageshow", look, { signal });
  window.addEventListener("online", () => life.online(), { signal });
  look();
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}
