import { warnOfOtherVersions } from "../versions.ts";
import { Hub, type HubListener, type HubState } from "./hub.ts";
import type { SessionConfig } from "./session-config.ts";
import type { FetchSession, SessionSource } from "./session-source.ts";

/** The hubs of this page; there is one module of this kind per version, however many files are loaded. */
const hubs = new Map<string, Hub>();
const callbackIds = new WeakMap<FetchSession, number>();
let callbackCount = 0;

/** One element's share of a hub. */
export class Lease {
  hub: Hub;
  key: string;
  readonly listener: HubListener;
  #config: SessionConfig;

  constructor(config: SessionConfig, listener: HubListener) {
    this.#config = config;
    this.listener = listener;
    this.key = keyOf(config);
    this.hub = join(this, config);
  }

  get state(): HubState {
    return this.hub.state;
  }

  retry(): void {
    this.hub.retry();
  }

  /** Follows the host page's settings, with what is shown kept wherever they still mean the same session. */
  update(config: SessionConfig): void {
    const key = keyOf(config);
    if (key === this.key) return;
    const { apiBase, customer, source } = this.#config;
    this.#config = config;
    const samePlace = apiBase === config.apiBase && customer === config.customer;
    // Frameworks make a new function on every render: that alone is no new session.
    const sameWay = source.kind === "callback" && config.source.kind === "callback";
    if (samePlace && !hubs.has(key) && (sameWay || this.hub.listeners.size === 1)) {
      hubs.set(key, this.hub);
      this.key = key;
      dropUnusedKeys(this.hub);
      this.hub.useSource(config.source);
      return;
    }
    const { hub } = this;
    this.key = key;
    this.hub = join(this, config);
    if (hub !== this.hub) leave(hub, this.listener);
    this.listener.hubChanged();
  }

  release(): void {
    leases.delete(this);
    leave(this.hub, this.listener);
  }
}

const leases = new Set<Lease>();

function join(lease: Lease, config: SessionConfig): Hub {
  warnOfOtherVersions();
  const known = hubs.get(lease.key);
  const hub = known ?? new Hub({ ...config, onSession: joinTwin });
  hubs.set(lease.key, hub);
  leases.add(lease);
  hub.listeners.add(lease.listener);
  hub.open();
  return hub;
}

function leave(hub: Hub, listener: HubListener): void {
  hub.listeners.delete(listener);
  // An element that is moved within the page leaves and joins in one go: the stream survives that.
  queueMicrotask(() => {
    if (hub.listeners.size > 0) return;
    hub.close();
    dropUnusedKeys(hub);
  });
}

/** Hubs whose sessions turn out to be the same in all but their dates become one, so that there is one stream. */
function joinTwin(hub: Hub): void {
  const twin = [...hubs.values()].find(
    (other) =>
      other !== hub &&
      other.apiBase === hub.apiBase &&
      other.identity !== undefined &&
      other.identity === hub.identity &&
      other.listeners.size > 0,
  );
  if (!twin) return;
  for (const [key, value] of hubs) if (value === hub) hubs.set(key, twin);
  for (const lease of leases) {
    if (lease.hub !== hub) continue;
    lease.hub = twin;
    hub.listeners.delete(lease.listener);
    twin.listeners.add(lease.listener);
    lease.listener.hubChanged();
  }
  hub.close();
}

function dropUnusedKeys(hub: Hub): void {
  const used = new Set([...leases].map((lease) => lease.key));
  for (const [key, value] of hubs) if (value === hub && !used.has(key)) hubs.delete(key);
}

function keyOf({ apiBase, customer, source }: SessionConfig): string {
  return JSON.stringify([apiBase, customer, sourceKey(source)]);
}

function sourceKey(source: SessionSource): string | number {
  if (source.kind !== "callback") return source.kind + (source.kind === "url" ? source.url : source.token);
  const known = callbackIds.get(source.fetchSession);
  if (known !== undefined) return known;
  callbackIds.set(source.fetchSession, ++callbackCount);
  return callbackCount;
}
