import { type GrantFilters, listCalls } from "@credits-kit/client/widget";
import type { Hub } from "../session/hub.ts";

export interface GrantsFile {
  filters: GrantFilters;
  signal: AbortSignal;
  name: string;
}

/**
 * Hands all grants that match to the person as a file.
 * @throws ApiError if it cannot be had whole; nothing is saved then, nor after the signal
 */
export async function exportGrants(hub: Hub, { filters, signal, name }: GrantsFile): Promise<void> {
  let asked: string | undefined;
  const held = () => hub.tokens.held?.customerId;
  const file = await hub.api.call((options) => {
    asked = held();
    return listCalls(options).downloadGrantsCsv(filters, signal);
  });
  // The session became another customer's meanwhile: this file is nobody's business.
  if (signal.aborted || asked !== held()) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers fetch it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
