import { warnOfOtherVersions } from "../versions.ts";
import { Hub, type HubListener } from "./hub.ts";
import { isSameConfig, isSamePlace, type SessionConfig } from "./session-config.ts";

/** The open hubs of this page. There is one module of this kind per version, however many files are loaded. */
const hubs = new Set<Hub>();

/** Lets the listener share the hub of this session, which opens if it is the first. */
export function joinHub(listener: HubListener, config: SessionConfig): void {
  warnOfOtherVersions();
  const hub = [...hubs].find((other) => isSameConfig(other.tokens.config, config)) ?? new Hub(config, joinTwin);
  hubs.add(hub);
  listener.hub = hub;
  hub.listeners.add(listener);
  hub.open();
  listener.hubChanged();
}

export function leaveHub(listener: HubListener): void {
  const { hub } = listener;
  listener.hub = undefined;
  hub?.listeners.delete(listener);
  // An element that is moved within the page leaves and joins in one go: the stream survives that.
  queueMicrotask(() => {
    if (hub && hub.listeners.size === 0) close(hub);
  });
}

/** The host page gives the session in another way now. What is shown stays where that means the same credits. */
export function changeHub(listener: HubListener, before: SessionConfig, config: SessionConfig): void {
  const { hub } = listener;
  if (isSameConfig(before, config)) return;
  const open = [...hubs].some((other) => isSameConfig(other.tokens.config, config));
  // Frameworks make a new function on every render: that alone is no new session.
  const isRerender = before.fetchSession && config.fetchSession;
  if (hub && !open && isSamePlace(before, config) && (isRerender || hub.listeners.size === 1)) {
    hub.useConfig(config);
  } else {
    leaveHub(listener);
    joinHub(listener, config);
  }
}

/** Hubs whose sessions turn out to be the same in all but their dates become one, so that there is one stream. */
function joinTwin(hub: Hub): void {
  const { held, config } = hub.tokens;
  const twin = [...hubs].find(
    ({ tokens }) =>
      tokens !== hub.tokens &&
      tokens.config.apiBase === config.apiBase &&
      tokens.held?.identity !== undefined &&
      tokens.held.identity === held?.identity,
  );
  if (!twin) return;
  for (const listener of hub.listeners) {
    listener.hub = twin;
    twin.listeners.add(listener);
    listener.hubChanged();
  }
  hub.listeners.clear();
  close(hub);
}

function close(hub: Hub): void {
  hub.close();
  hubs.delete(hub);
}
