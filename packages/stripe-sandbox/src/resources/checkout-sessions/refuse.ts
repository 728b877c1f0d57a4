import { invalidRequest } from "../../errors.ts";
import { needCustomer, type World } from "../../world.ts";
import type { SessionParams } from "./shape.ts";

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

const missing = (param: string): Error =>
  invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });

/** Refuses combinations that Stripe would refuse. @throws StripeProblem */
export function refuseSession(world: World, params: SessionParams): void {
  const { mode, ui_mode = "hosted_page" } = params;
  if (mode === "subscription")
    throw invalidRequest("The sandbox does not double subscriptions.", {
      param: "mode",
      code: "sandbox_not_doubled",
    });
  if (ui_mode === "elements" || ui_mode === "form") {
    throw invalidRequest(`The sandbox does not double ui_mode ${ui_mode}.`, {
      param: "ui_mode",
      code: "sandbox_not_doubled",
    });
  }
  refuseAddresses(params, ui_mode);
  if (mode === "payment" && (params.line_items ?? []).length === 0) throw missing("line_items");
  if (mode === "setup") refuseInSetup(params);
  else forbid(params, ["setup_intent_data"], "payment");
  if (params.payment_method_collection !== undefined) {
    throw invalidRequest("`payment_method_collection` can only be set in `subscription` mode.", {
      param: "payment_method_collection",
    });
  }
  refuseCustomer(world, params);
  if (params.allow_promotion_codes !== undefined && params.discounts !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: allow_promotion_codes, discounts.");
  }
  refuseExpiry(world, params.expires_at);
}

function refuseAddresses(params: SessionParams, uiMode: "hosted_page" | "embedded_page"): void {
  if (uiMode === "hosted_page") {
    if (params.success_url === undefined) throw missing("success_url");
    for (const name of ["return_url", "redirect_on_completion"] as const) {
      if (params[name] !== undefined)
        throw invalidRequest(`You cannot pass \`${name}\` if \`ui_mode\` is \`hosted_page\`.`, {
          param: name,
        });
    }
    return;
  }
  for (const name of ["success_url", "cancel_url"] as const) {
    if (params[name] !== undefined)
      throw invalidRequest(`You cannot pass \`${name}\` if \`ui_mode\` is \`embedded_page\`.`, {
        param: name,
      });
  }
  const never = params.redirect_on_completion === "never";
  if (!never && params.return_url === undefined) throw missing("return_url");
  if (never && params.return_url !== undefined) {
    throw invalidRequest("`return_url` cannot be set when `redirect_on_completion` is `never`.", {
      param: "return_url",
    });
  }
}

function refuseInSetup(params: SessionParams): void {
  forbid(
    params,
    ["line_items", "payment_intent_data", "allow_promotion_codes", "discounts", "submit_type"],
    "setup",
  );
  if (params.currency === undefined && params.allowed_payment_method_types === undefined)
    throw missing("currency");
}

function forbid(params: SessionParams, names: readonly (keyof SessionParams)[], mode: string): void {
  for (const name of names) {
    if (params[name] !== undefined)
      throw invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, { param: name });
  }
}

function refuseCustomer(world: World, params: SessionParams): void {
  if (params.customer === undefined) {
    if (params.customer_update)
      throw invalidRequest("`customer_update` can only be used with `customer`.", {
        param: "customer_update",
      });
    return;
  }
  const { address } = needCustomer(world, params.customer);
  if (
    params.automatic_tax?.enabled === true &&
    !address?.country &&
    params.customer_update?.address !== "auto"
  ) {
    throw invalidRequest(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
      { code: "customer_tax_location_invalid", param: "automatic_tax" },
    );
  }
  if (params.customer_email !== undefined)
    throw invalidRequest("You may only specify one of these parameters: customer, customer_email.");
  if (params.customer_creation !== undefined)
    throw invalidRequest("You may only specify one of these parameters: customer, customer_creation.");
}

function refuseExpiry(world: World, at: number | undefined): void {
  if (at === undefined) return;
  const inSeconds = at - world.clock.seconds();
  if (inSeconds < 30 * MINUTE) {
    throw invalidRequest(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
  if (inSeconds > DAY) {
    throw invalidRequest(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      { param: "expires_at" },
    );
  }
}
