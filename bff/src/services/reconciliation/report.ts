import type { ReconciliationKind } from "@credits-kit/contract";
import { noteFinding } from "../../storage/payments/findings.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Deps } from "../call.ts";

/** Something that does not fit, and that a person should see. */
export interface Report {
  readonly kind: ReconciliationKind;
  /** What it is about: with the kind, one finding stands for it, however often it is noticed. */
  readonly about: string;
  readonly detail: string;
  readonly order?: TopUpRow | undefined;
  readonly customerId?: string | null;
  readonly amount?: { readonly amountMinor: bigint; readonly currency: string };
  /** How many credits it is about; those of the order if left out. */
  readonly credits?: bigint;
}

/** Puts a finding on the list, and raises the alarm when it is new. */
export async function reportFinding(
  { database, now, onAlarm }: Pick<Deps, "database" | "now" | "onAlarm">,
  { kind, about, detail, order, customerId, amount, credits }: Report,
): Promise<void> {
  const isNews = await noteFinding(database.writer, {
    finding_id: `${kind}:${about}`,
    kind,
    customer_id: order?.customer_id ?? customerId ?? null,
    top_up_id: order?.top_up_id ?? null,
    object_id: about,
    amount_minor: amount?.amountMinor ?? order?.total_minor ?? null,
    currency: amount?.currency ?? order?.currency ?? null,
    credits: credits ?? order?.credits ?? null,
    detail: detail.slice(0, 500),
    since: new Date(now()),
  });
  if (isNews)
    onAlarm({ kind, topUpId: order?.top_up_id ?? null, objectId: about, detail: detail.slice(0, 500) });
}
