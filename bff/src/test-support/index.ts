export { assertInvariants } from "../audit/assert-invariants.ts";
export { fingerprint } from "../storage/test-support/fingerprint.ts";
export { cutConnections } from "../storage/test-support/fresh-postgres.ts";
export {
  type Answer,
  type BodyOf,
  expectProblem,
  type Reply,
  type SendOptions,
  TestClient,
} from "./client.ts";
export {
  eachEngine,
  type Engine,
  oneEngine,
  openTestPostgres,
  pglite,
  type TestDatabase,
} from "./engines.ts";
export { eventually } from "./eventually.ts";
export { countingParts, defaultParts, type Parts } from "./parts.ts";
export { type CustomerOptions, fromNow, Shop } from "./shop.ts";
export { mint, type StreamMessage, StreamReader } from "./stream-reader.ts";
export { startTestApp, TEST_KEY, type TestApp, type TestAppOptions, useTestApp } from "./test-app.ts";
