import type { PaymentMethods, PaymentMethodSetup, PaymentMethodSetupInput } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { type NamedCard, removeCard, setDefaultCard } from "./cards.ts";
import { setUpCard } from "./set-up-card.ts";

/** Opens Stripe's page on which a card is added, for a host's back end. @throws ServiceError as `setUpCard` */
export async function setUpPaymentMethod(
  deps: Deps,
  call: Call,
  { customerId, input }: { customerId: string; input: PaymentMethodSetupInput },
): Promise<PaymentMethodSetup | StoredAnswer> {
  if (!(await findCustomer(deps.database.writer, customerId))) throw unknown("customer");
  const key = `server:${call.idempotency?.key ?? call.requestId}`;
  // What is kept for replays shows no secret.
  const keep = (setup: PaymentMethodSetup) => ({ ...setup, clientSecret: null });
  return answerClaimed({ deps, call }, { content: input, customerId, status: 200, keep }, () =>
    setUpCard(deps, call, { customerId, input, key }),
  );
}

/** Charges a card from now on where none is named. @throws ServiceError `not_found` */
export function setDefaultPaymentMethod(
  deps: Deps,
  call: Call,
  named: NamedCard,
): Promise<PaymentMethods | StoredAnswer> {
  const options = { content: named, customerId: named.customerId, status: 200 };
  return answerClaimed({ deps, call }, options, () => setDefaultCard(deps, named));
}

/** Removes a card. @throws ServiceError `not_found` */
export function removePaymentMethod(
  deps: Deps,
  call: Call,
  named: NamedCard,
): Promise<PaymentMethods | StoredAnswer> {
  const options = { content: named, customerId: named.customerId, status: 200 };
  return answerClaimed({ deps, call }, options, () => removeCard(deps, named));
}
