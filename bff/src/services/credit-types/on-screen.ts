import type { CreditTypeOnScreen } from "@credits-kit/contract";
import type { CreditTypeRow } from "../../storage/catalogue/credit-types.ts";

/** What amounts of a credit type are called on a screen. */
export function creditTypeOnScreen(
  row: Pick<CreditTypeRow, "id" | "name" | "symbol" | "unit_singular" | "unit_plural">,
): CreditTypeOnScreen {
  const { id, name, symbol, unit_singular: singular, unit_plural: plural } = row;
  return { id, name, symbol, unit: { singular, plural } };
}
