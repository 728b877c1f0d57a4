export { apply } from "./pool/apply.ts";
export { compareBurnOrder, insertInBurnOrder } from "./pool/burn-order.ts";
export { changeGrant } from "./pool/change-grant.ts";
export { decide } from "./pool/decide.ts";
export { availableOf, freeOf, heldOf, isGone } from "./pool/figures.ts";
export { nextDueAt } from "./pool/settle.ts";
export type * from "./pool/commands.ts";
export * from "./pool/types.ts";
export { costOf, type UnitRate } from "./rating/rate.ts";
