import { Hub, type HubListener } from "./hub.ts";
import type { SessionConfig } from "./session-config.ts";

/** The open hubs of this page. There is one module of this kind per version, however many files are loaded. */
const hubs = new Set<Hub>();

/** Lets the listener share the hub of this session, which opens if it is the first. */
export function joinHub(listener: HubListener, config: SessionConfig): void {
  const hub = findHub(config) ?? new Hub(config, joinTwin);
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
  const { apiBase, customer, way } = before;
  const isSamePlace = apiBase === config.apiBase && customer === config.customer;
  if (isSamePlace && way === config.way) return;
  // Frameworks make a new function on every render: that alone is no new session.
  const isRerender = typeof way === "function" && typeof config.way === "function";
  if (hub && isSamePlace && !findHub(config) && (isRerender || hub.listeners.size === 1)) {
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
      tokens.held?.identity &&
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

function findHub({ apiBase, customer, way }: SessionConfig): Hub | undefined {
  return [...hubs].find(({ tokens: { config } }) => {
    return config.way === way && config.apiBase === apiBase && config.customer === customer;
  });
}

function close(hub: Hub): void {
  hub.close();
  hubs.delete(hub);
}
