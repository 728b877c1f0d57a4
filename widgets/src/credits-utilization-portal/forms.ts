// The tabs with something to fill in, or to press: a file that comes when one of them is opened.
import { Billing } from "./billing.ts";
import { Notifications } from "./notifications.ts";

export { formStyles } from "./forms.styles.ts";

export const forms = { billing: Billing, settings: Notifications };
