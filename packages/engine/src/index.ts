export { apply } from "./pool/apply.ts";
export { compareBurnOrder, insertInBurnOrder } from "./pool/burn-order.ts";
export { availableOf } from "./pool/consume.ts";
export { decide } from "./pool/decide.ts";
export { nextDueAt } from "./pool/settle.ts";
export * from "./pool/types.ts";
export { costOf, type UnitRate } from "./rating/rate.ts";
