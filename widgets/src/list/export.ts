import { type GrantFilters, type LedgerFilters, listCalls } from "@credits-kit/client/widget";
import type { Hub } from "../session/hub.ts";

export interface ListFile {
  list: "grants" | "ledger";
  filters: GrantFilters & LedgerFilters;
  signal: AbortSignal;
}

/**
 * Hands all rows that match to the person as a file.
 * @throws ApiError if it cannot be had whole; nothing is saved then, nor after the signal
 */
export async function exportList(hub: Hub, { list, filters, signal }: ListFile): Promise<void> {
  let asked: string | undefined;
  const held = () => hub.tokens.held?.customerId;
  const file = await hub.api.call((options) => {
    asked = held();
    const calls = listCalls(options);
    return list === "grants"
      ? calls.downloadGrantsCsv(filters, signal)
      : calls.downloadLedgerCsv(filters, signal);
  });
  // The session became another customer's meanwhile: this file is nobody's business.
  if (signal.aborted || asked !== held()) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${list}.csv`;
  link.click();
  // Some browsers fetch it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
