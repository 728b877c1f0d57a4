import { ONE_CREDIT } from "@credits-kit/amounts";
import type { z } from "zod";
import { creditsInput, quantityInput } from "./amounts.ts";
import { id } from "./ids.ts";

/** What is to be spent: a quantity of a feature, priced by the customer's plan, or an amount of a credit type. */
export const spendingFields = {
  featureId: id.optional().meta({ description: "What is metered. Either this, or creditTypeId and amount" }),
  quantity: quantityInput.optional().meta({ description: "How much of the feature; 1 if left out" }),
  creditTypeId: id.optional().meta({ description: "What is burned directly, without a plan" }),
  amount: creditsInput.optional().meta({ description: "How many credits; comes with creditTypeId" }),
};

type SpendingFields = { [Field in keyof typeof spendingFields]?: z.output<(typeof spendingFields)[Field]> };

/** A spending of one kind or the other; quantities and amounts in millionths. */
export type Spending =
  | { readonly kind: "feature"; readonly featureId: string; readonly quantity: bigint }
  | { readonly kind: "direct"; readonly creditTypeId: string; readonly amount: bigint };

/** A refinement: exactly one of the two ways to say what is spent. Names the field that is missing or too much. */
export function refineSpending(fields: SpendingFields, context: z.RefinementCtx): void {
  const { featureId, quantity, creditTypeId, amount } = fields;
  const refuse = (field: keyof SpendingFields, message: string) =>
    context.addIssue({ code: "custom", path: [field], message });
  if (featureId !== undefined) {
    if (creditTypeId !== undefined) refuse("creditTypeId", "must not be given together with featureId");
    if (amount !== undefined) refuse("amount", "must not be given together with featureId");
    return;
  }
  if (creditTypeId === undefined && amount === undefined) {
    refuse("featureId", "is required, unless creditTypeId and amount are given");
    return;
  }
  if (creditTypeId === undefined) refuse("creditTypeId", "is required where an amount is given");
  if (amount === undefined) refuse("amount", "is required where a creditTypeId is given");
  if (quantity !== undefined) refuse("quantity", "must not be given without featureId");
}

/**
 * What is to be spent, of input that `refineSpending` let pass.
 * @throws TypeError for other input
 */
export function spendingOf({
  featureId,
  quantity = ONE_CREDIT,
  creditTypeId,
  amount,
}: SpendingFields): Spending {
  if (featureId !== undefined) return { kind: "feature", featureId, quantity };
  if (creditTypeId !== undefined && amount !== undefined) return { kind: "direct", creditTypeId, amount };
  throw new TypeError("neither a feature nor an amount of a credit type is given");
}
