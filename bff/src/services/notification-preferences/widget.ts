import type {
  WidgetNotificationPreferences,
  WidgetNotificationPreferencesInput,
} from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { validationError } from "../../field-errors.ts";
import { creditTypesOf, type NamedCreditType } from "../../storage/pools/credit-types-of.ts";
import {
  findPreferences,
  type PreferencesOwner,
  putPreferences,
} from "../../storage/notification-preferences/preferences.ts";
import type { Deps } from "../call.ts";
import { creditTypeOnScreen } from "../grants/widget-view.ts";
import { heldBy } from "./choices.ts";

type PreferencesDeps = Pick<Deps, "database">;
type SessionOf = Pick<Session, "customerId" | "userId" | "scopes">;

/** What a session's user, else its customer, wants to be told of the credits that they have. */
export async function readWidgetNotificationPreferences(
  { database: { writer } }: PreferencesDeps,
  session: SessionOf,
): Promise<WidgetNotificationPreferences> {
  const owner = ownerOf(session);
  const types = await creditTypesOf(writer, owner.customer_id);
  const rows = await findPreferences(writer, owner);
  const ofType = (type: NamedCreditType) => {
    const { choices, isSet } = heldBy(rows, { userId: owner.user_id, creditTypeId: type.id });
    const { low_balance_thresholds: defaultThresholds, ...named } = type;
    return { creditType: creditTypeOnScreen(named), ...choices, isSet, defaultThresholds };
  };
  return {
    userId: session.userId,
    canChange: session.scopes.includes("settings"),
    creditTypes: types.map(ofType),
  };
}

/**
 * Sets it as a whole: credit types that are left out go back to what holds by default.
 * @throws ServiceError `not_found` for a credit type of which the customer has nothing
 */
export async function putWidgetNotificationPreferences(
  deps: PreferencesDeps,
  session: SessionOf,
  { creditTypes }: WidgetNotificationPreferencesInput,
): Promise<WidgetNotificationPreferences> {
  const { writer } = deps.database;
  const owner = ownerOf(session);
  const types = await creditTypesOf(writer, owner.customer_id);
  const errors = creditTypes.flatMap(({ creditTypeId }, index) => {
    if (types.some(({ id }) => id === creditTypeId)) return [];
    const message = "names a credit type of which the customer has nothing";
    return [{ path: `creditTypes.${index}.creditTypeId`, code: "not_found" as const, message }];
  });
  if (errors.length > 0) throw validationError(errors);
  const given = new Map(creditTypes.map(({ creditTypeId, ...choices }) => [creditTypeId, choices]));
  await putPreferences(
    writer,
    owner,
    types.map(({ id }) => ({ creditTypeId: id, choices: given.get(id) ?? null })),
  );
  return readWidgetNotificationPreferences(deps, session);
}

function ownerOf({ customerId, userId }: SessionOf): PreferencesOwner {
  return { customer_id: customerId, user_id: userId ?? "" };
}
