export { startStripeSandbox, type SandboxOptions, type StripeSandbox } from "./sandbox.ts";
export type { SandboxControl } from "./control/control.ts";
export type { PayerEntry, PayerOutcome } from "./control/payer.ts";
export { TEST_CARDS, type TestCard } from "./cards/card.ts";
export type { WebhookTarget } from "./events/deliveries.ts";
export type { Fault } from "./http/faults.ts";
export type { LoggedRequest } from "./http/request-log.ts";
