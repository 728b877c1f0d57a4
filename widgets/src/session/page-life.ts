export interface PageLife {
  /** Nobody has looked at the page for a while, or it is being left. */
  rest(): void;
  /** Somebody may look at the page again. */
  wake(): void;
  /** The network came back or changed; open connections may be dead without knowing it. */
  reconnect(): void;
}

/** A short look at another tab costs no reconnect; a forgotten tab costs no connection. */
const HIDDEN_PATIENCE_MS = 30_000;

/** Follows whether the page is looked at, until the signal aborts. A page starts awake, also in a tab behind others. */
export function followPage(life: PageLife, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isHidden = () => document.visibilityState === "hidden";
  const rest = () => life.rest();
  const look = () => {
    clearTimeout(timer);
    if (isHidden()) timer = setTimeout(rest, HIDDEN_PATIENCE_MS);
    else life.wake();
  };
  const on = (target: EventTarget, type: string, listener: () => void) =>
    target.addEventListener(type, listener, { signal });
  on(document, "visibilitychange", look);
  // A page in the back/forward cache may not hold a connection.
  on(window, "pagehide", rest);
  on(window, "pageshow", look);
  on(window, "online", () => life.reconnect());
  signal.addEventListener("abort", () => clearTimeout(timer));
  life.wake();
  if (isHidden()) look();
}
