import { MAX_SESSION_SECONDS, type WidgetSession, type WidgetSessionInput } from "@credits-kit/contract";
import { findCustomer, insertCustomer } from "../../storage/customers/customers.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";

/**
 * Mints a session token for a customer's widgets. With `customer`, one that is not there yet is created. The token is
 * shown once: a replay says null in its place.
 * @throws ServiceError `not_found`
 */
export async function createWidgetSession(
  deps: Deps,
  call: Call,
  input: WidgetSessionInput,
): Promise<WidgetSession | StoredAnswer> {
  const { customerId } = input;
  // Signed before the transaction opens: the key may have to be read from the database first.
  const session = await sign(deps, input);
  const keep = (answer: WidgetSession) => ({ ...answer, token: null });
  const options = { content: input, status: 201, customerId, keep };
  return answerOnce({ deps, call }, options, async (transaction) => {
    await ensureCustomer(transaction, input);
    return session;
  });
}

async function sign(deps: Deps, input: WidgetSessionInput): Promise<WidgetSession> {
  const { customerId, userId = null, scopes = ["read"], origins = [] } = input;
  const lifetimeSeconds = input.expiresInSeconds ?? MAX_SESSION_SECONDS;
  const { token, expiresAtMs } = await deps.sessionTokens.sign(
    { customerId, userId, scopes, origins },
    lifetimeSeconds,
  );
  return { token, expiresAt: new Date(expiresAtMs).toISOString() };
}

async function ensureCustomer(
  transaction: Transaction,
  { customerId, customer }: WidgetSessionInput,
): Promise<void> {
  if (await findCustomer(transaction, customerId)) return;
  if (customer && (await insertCustomer(transaction, { id: customerId, fields: customer }))) return;
  // Two pages that open at once both found nobody; the other one was first.
  if (customer && (await findCustomer(transaction, customerId))) return;
  throw unknown("customer", "customerId");
}
