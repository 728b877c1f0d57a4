import type { WidgetCardSetup, WidgetCardSetupInput } from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { findCreditType } from "../../storage/catalogue/credit-types.ts";
import type { Call, Deps } from "../call.ts";
import { openCardPage } from "../card-pages/open.ts";
import { gatewayOf } from "../top-ups/payments.ts";
import { refuseForeign } from "../top-ups/widget.ts";
import { unknown } from "../unknown.ts";
import { poolKeyOf } from "./read.ts";

/**
 * Opens Stripe's page on which a customer adds the card that their auto top-up charges. The consent is kept with its time
 * before the page is made; the same key is the same page.
 * @throws ServiceError `not_found`; `validation_failed` for a page on a foreign origin; as `openCardPage`
 */
export async function openCardSetup(
  deps: Deps,
  call: Call,
  asked: {
    readonly session: Session;
    readonly creditTypeId: string;
    readonly resourceId?: string | undefined;
    readonly input: WidgetCardSetupInput;
  },
): Promise<WidgetCardSetup> {
  const { session, creditTypeId, resourceId, input } = asked;
  gatewayOf(deps);
  if (!(await findCreditType(deps.database.writer, creditTypeId))) throw unknown("credit type");
  if (input.returnUrl !== undefined) refuseForeign(deps, session, input.returnUrl);
  const { customerId } = session;
  const pool = poolKeyOf({ customerId, creditTypeId, resourceId });
  const { setupKey: key, uiMode, returnUrl } = input;
  const content = { key: pool, input };
  return openCardPage(deps, call, {
    ...{ customerId, pool, hasConsent: true, key, content, uiMode, returnUrl },
  });
}
