import { z } from "zod";
import { clearable, email, metadata, text } from "../../http/params.ts";

const address = z.strictObject({
  city: clearable(text).optional(),
  country: clearable(text).optional(),
  line1: clearable(text).optional(),
  line2: clearable(text).optional(),
  postal_code: clearable(text).optional(),
  state: clearable(text).optional(),
});

/** What a customer's create and update take. */
export const customerShape = {
  address: clearable(address).optional(),
  description: clearable(text).optional(),
  email: clearable(email).optional(),
  invoice_settings: z.strictObject({ default_payment_method: clearable(text).optional() }).optional(),
  metadata: metadata.optional(),
  name: clearable(text).optional(),
  phone: clearable(text).optional(),
  preferred_locales: z.array(text).optional(),
  tax_exempt: clearable(z.enum(["none", "exempt", "reverse"])).optional(),
};

/** The parameters as they were read. */
export type CustomerParams = z.output<z.ZodObject<typeof customerShape>>;

/** What Stripe has beyond them. */
export const CUSTOMER_NOT_DOUBLED = [
  "balance",
  "cash_balance",
  "invoice_prefix",
  "next_invoice_sequence",
  "shipping",
  "source",
  "tax",
  "tax_id_data",
  "test_clock",
] as const;
