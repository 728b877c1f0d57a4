import { refuseGone } from "./gone.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import { takeFree } from "./return-credits.ts";
import type { FreezeCommand, Refusal } from "./commands.ts";
import type { Instant } from "./types.ts";

/** Keeps a grant out of the balance: what is free of it now, and what comes free or back to it later. */
export function freeze(writer: LedgerWriter, command: FreezeCommand, now: Instant): Refusal | null {
  const grant = writer.grant(command.grantKey, [command.closed]);
  const gone = refuseGone(grant, now);
  if (gone) return gone;
  if (grant.isFrozen) return { code: "already_frozen" };
  takeFree(writer, grant, { type: "frozen", at: now, change: { grantKey: grant.key, isFrozen: true } });
  return null;
}
