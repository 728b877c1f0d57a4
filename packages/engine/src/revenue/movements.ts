import type { MicroCredits } from "@credits-kit/amounts";
import type { Entry } from "../pool/types.ts";

/**
 * What an entry did to the value of a grant: it was sold (granted, or paid for at last), earned (burned, or repaid
 * overage; negative where that was taken back), expired, or was revoked. `rolled` is what of the expired went on in a
 * grant of its own.
 */
export interface Movement {
  readonly kind: "sold" | "earned" | "expired" | "rolled" | "revoked";
  readonly amount: MicroCredits;
}

/**
 * What an entry did to the value of grants, by their keys. What only freezes, reserves or waits moves none; nor does an
 * entry say which grant a rollover carries on, which the rollover itself does.
 */
export function movementsOf(entry: Entry): [grantKey: number, movement: Movement][] {
  const { type, draws, grant, change } = entry;
  const drawn = (kind: Movement["kind"]) =>
    draws.map(({ grantKey, amount }): [number, Movement] => [grantKey, { kind, amount: -amount }]);
  if (change?.isPaymentPending === false) return [[change.grantKey, { kind: "sold", amount: 0n }]];
  switch (type) {
    case "granted":
      return grant && !grant.isPaymentPending ? [[grant.key, { kind: "sold", amount: 0n }]] : [];
    case "consumed":
    case "reversed":
    case "overage_repaid":
      return drawn("earned");
    case "expired":
      return drawn("expired");
    case "revoked":
      // What is revoked of a grant that waits draws on nothing.
      return change ? [[change.grantKey, { kind: "revoked", amount: change.revoked ?? 0n }]] : [];
    default:
      return [];
  }
}
