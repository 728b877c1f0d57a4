import type { WidgetLedgerEntry } from "@credits-kit/client/widget";
import type { BalanceHistory } from "../credits-balance/balance-history.ts";
import type { CreditsBalance } from "../credits-balance/credits-balance.ts";
import { type Fault, type FakeServer, problem } from "./fake-server.ts";
import { entryOf } from "./ledger-entries.ts";
import { partOf } from "./stage.ts";

/** A server that knows the latest entries, and what it was asked. */
export class FakeHistory {
  entries: WidgetLedgerEntry[] = [entryOf()];
  fault: Fault | "hangs" | undefined;
  readonly asked: string[] = [];

  constructor(server: FakeServer) {
    server.answer = ({ pathname, searchParams }) => {
      if (pathname !== "/widget/ledger") return undefined;
      this.asked.push(searchParams.toString());
      if (this.fault === "hangs") return new Promise(() => undefined);
      if (this.fault) return Promise.resolve(problem(this.fault));
      return Promise.resolve(Response.json({ data: this.entries, nextCursor: null, creditTypes: [] }));
    };
  }
}

/** What a balance has open. */
export function historyIn(balance: CreditsBalance): BalanceHistory | null {
  return balance.shadowRoot?.querySelector("credits-balance-history") ?? null;
}

/** Presses the sparkline, as the keyboard would. */
export function pressHistory(balance: CreditsBalance): void {
  partOf(balance, "history")?.focus();
  partOf(balance, "history")?.click();
}
