import type { CreditType } from "@credits-kit/contract";
import { findCreditType } from "../../storage/catalogue/credit-types.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toCreditType } from "./to-credit-type.ts";

/** Reads a credit type. @throws ServiceError `not_found` */
export async function getCreditType(deps: Deps, id: string): Promise<CreditType> {
  const row = await findCreditType(deps.database.writer, id);
  if (!row) throw unknown("credit type");
  return toCreditType(row);
}
