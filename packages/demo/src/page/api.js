/** Talks to the studio's own back end. */

/** What the back end refused, by a code to switch over. */
export class StudioError extends Error {
  /** @param {string} code @param {Record<string, any>} answer */
  constructor(code, answer) {
    super(answer.detail ?? code);
    this.code = code;
    this.answer = answer;
  }
}

/** @param {string} path @returns {Promise<any>} */
export const ask = (path) => send(path, {});

/** @param {string} path @param {unknown} body @returns {Promise<any>} */
export const tell = (path, body) =>
  send(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** @param {string} path @param {RequestInit} init */
async function send(path, init) {
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
