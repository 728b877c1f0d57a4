/** Socket errors of a database that is not there, or no longer. */
const SOCKET = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "EAI_AGAIN",
]);

/**
 * SQLSTATEs of a database that cannot now: connection exceptions, resources, shutting down or starting, a statement
 * or a lock that took too long, a deadlock or a serialization failure.
 */
const STATES = /^(08...|53...|57P0[1-5]|57014|55P03|40001|40P01|25P03)$/;

/** The driver's own words, where it gives no code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** Whether an error says that the database cannot be used at the moment, rather than that a statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return SOCKET.has(code) || STATES.test(code) || MESSAGES.test(error.message);
}
