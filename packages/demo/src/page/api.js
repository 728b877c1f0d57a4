/**
 * Talks to the studio's own back end.
 * @typedef {"email" | "image" | "video"} Kind
 * @typedef {{ singular: string, plural: string, symbol: string | null }} Unit
 * @typedef {{ unit: Unit, prices: Record<Kind, string> }} Offers
 * @typedef {{ id: string, name: string, note: string }} Customer
 * @typedef {Offers & { customerId: string, customers: Customer[] }} Studio
 * @typedef {{ featureId: string }} UsageEvent
 * @typedef {{ delta: string | null, balance: string | null, seq: number | null }} EventResult
 * @typedef {{ event: UsageEvent, result: EventResult, tookMs: number }} Generated
 * @typedef {object} TrafficStatus
 * @property {boolean} on
 * @property {number} applied
 * @property {number} refused
 * @property {number} customers
 * @property {number} perSecond
 * @property {number} secondsLeft
 * @property {"asked" | "finished" | "unreachable" | null} stopReason
 * @typedef {{ cost: string, available: string, affordable: Kind[] }} Shortage what does not suffice, and what would
 */

/** What the back end refused, by a code to switch over. */
export class StudioError extends Error {
  /** @param {string} code @param {{ detail?: string } & Partial<Shortage>} answer */
  constructor(code, answer) {
    super(answer.detail ?? code);
    this.code = code;
    const { cost, available, affordable } = answer;
    /** Set when credits did not suffice. @type {Shortage | null} */
    this.shortage = cost && available && affordable ? { cost, available, affordable } : null;
  }
}

/** @returns {Promise<Studio>} */
export const openStudio = () => send("studio");

/** Pays for one work. @param {Kind} kind @param {string} id the same for every try of one press @returns {Promise<Generated>} */
export const generate = (kind, id) => send("generate", { kind, id });

/** Burns nearly everything. @param {string} id the same for every try of one press @returns {Promise<Generated>} */
export const drain = (id) => send("drain", { id });

/** @param {string} id @returns {Promise<{ customerId: string }>} */
export const signInAs = (id) => send("customer", { id });

/** @returns {Promise<TrafficStatus>} */
export const readTraffic = () => send("traffic");

/** @param {boolean} on @returns {Promise<TrafficStatus>} */
export const switchTraffic = (on) => send("traffic", { on });

/** @param {string} path @param {object} [body] POSTed, if there is one */
async function send(path, body) {
  const headers = { "content-type": "application/json" };
  const init = body && { method: "POST", headers, body: JSON.stringify(body) };
  const response = await fetch(`/api/${path}`, init).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!response || !answer)
    throw new StudioError("unreachable", { detail: "The studio could not be reached." });
  if (!response.ok) throw new StudioError(answer.code, answer);
  return answer;
}

/** An id for one press; also where `crypto.randomUUID` is missing, as on plain http in a local network. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
