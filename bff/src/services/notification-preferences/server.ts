import type {
  NotificationChoices,
  NotificationPreferences,
  NotificationPreferencesInput,
} from "@credits-kit/contract";
import { findCreditType } from "../../storage/catalogue/credit-types.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import { findPreferences, putPreferences } from "../../storage/notification-preferences/preferences.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { DEFAULTS, heldBy } from "./choices.ts";

/** Credits of a type that a customer has, or may have one day. */
export interface PreferencesPlace {
  readonly customerId: string;
  readonly creditTypeId: string;
}

type Writer = Deps["database"]["writer"];

/** What a customer wants to be told of credits of a type. @throws ServiceError `not_found` */
export async function getNotificationPreferences(
  { database: { writer } }: Pick<Deps, "database">,
  place: PreferencesPlace,
): Promise<NotificationPreferences> {
  await check(writer, place);
  return view(writer, place);
}

/** Sets it, whole. @throws ServiceError `not_found`, `idempotency_conflict` */
export async function putNotificationPreferences(
  deps: Deps,
  call: Call,
  { place, input }: { place: PreferencesPlace; input: NotificationPreferencesInput },
): Promise<NotificationPreferences | StoredAnswer> {
  const { customerId, creditTypeId } = place;
  await check(deps.database.writer, place);
  const options = { content: { place, input }, status: 200, customerId };
  return answerOnce({ deps, call }, options, async (transaction) => {
    const { emails = [] } = input;
    const choices = choicesOf(input);
    const owner = { customer_id: customerId, user_id: "" };
    await putPreferences(transaction, owner, [{ creditTypeId, choices, emails }]);
    return view(transaction, place);
  });
}

/** What was chosen, and where nothing was, what holds by default. */
function choicesOf(input: NotificationPreferencesInput): NotificationChoices {
  const { lowBalance, expiry } = input;
  const {
    depleted = DEFAULTS.depleted,
    autoTopUp = DEFAULTS.autoTopUp,
    receipts = DEFAULTS.receipts,
  } = input;
  return { lowBalance, depleted, expiry, autoTopUp, receipts };
}

async function check(writer: Writer, { customerId, creditTypeId }: PreferencesPlace): Promise<void> {
  if (!(await findCustomer(writer, customerId))) throw unknown("customer");
  if (!(await findCreditType(writer, creditTypeId))) throw unknown("credit type");
}

async function view(writer: Writer, place: PreferencesPlace): Promise<NotificationPreferences> {
  const { customerId, creditTypeId } = place;
  const rows = await findPreferences(writer, { customer_id: customerId, user_id: "" });
  const { choices, emails, isSet } = heldBy(rows, { userId: "", creditTypeId });
  return { creditTypeId, ...choices, emails, isSet };
}
