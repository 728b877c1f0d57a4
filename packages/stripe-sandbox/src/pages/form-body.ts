import type { Request } from "express";
import { parse } from "qs";
import { findTestCard, type TestCard } from "../cards/card.ts";
import { invalidRequest } from "../errors.ts";
import type { CardEntry } from "./card-form.ts";
import { grouped } from "./card-form.ts";

/** What a page's form sent, flat. */
export function formOf(request: Request): Record<string, string> {
  const body: unknown = request.body;
  const fields = parse(typeof body === "string" ? body : "");
  return Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

/** What was entered, with the test card whose button was pressed. */
export function entryOf(form: Record<string, string>): CardEntry {
  const { email, number, expiry, cvc, means, fill } = form;
  if (fill !== undefined)
    return { email, number: grouped(fill), expiry: "12 / 34", cvc: "123", means: "new" };
  return { email, number, expiry, cvc, means };
}

/** The card, or the id of the saved method, that was entered. @throws StripeProblem as a person shall read it. */
export function meansOf(entry: CardEntry): TestCard | string {
  if (entry.means !== undefined && entry.means !== "new") return entry.means;
  const card = /^[\d\s-]+$/.test(entry.number ?? "") ? findTestCard(entry.number ?? "") : undefined;
  if (card === undefined) {
    throw invalidRequest("Your card number is invalid. The sandbox takes only its test cards.", {
      code: "incorrect_number",
    });
  }
  return card;
}
