import type { Request, Response } from "express";
import type { World } from "../world.ts";
import { html } from "./html.ts";
import { notice, sendPage } from "./layout.ts";
import { day, money } from "./money.ts";

/** The receipt of a charge; its address is known to whoever was sent it. */
export function showReceipt(world: World, request: Request, response: Response): void {
  const charge = world.store.charges.get(String(request.params["id"]));
  if (charge?.receipt_url !== `${world.url()}${request.path}`) {
    return sendPage(response, {
      title: "Not found",
      body: notice("Not found", "There is no such receipt."),
      status: 404,
    });
  }
  const method = charge.payment_method_details;
  const last4 = method?.card?.last4 ?? method?.us_bank_account?.last4 ?? "";
  const rows: [string, string][] = [
    ["Amount paid", money(charge.amount_captured, charge.currency)],
    ["Date", day(charge.created)],
    ["Payment method", `${method?.card?.brand ?? "bank account"} ending in ${last4}`],
    ["For", charge.description ?? "Credits"],
    ["Reference", charge.id],
  ];
  if (charge.amount_refunded > 0) rows.push(["Refunded", money(charge.amount_refunded, charge.currency)]);
  sendPage(response, {
    title: "Receipt · Sandbox",
    body: html`<section class="card">
      <h1>Receipt</h1>
      <table class="summary">
        <tbody>
          ${rows.map(
            ([name, value]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`,
  });
}
