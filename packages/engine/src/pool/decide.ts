import { consume } from "./consume.ts";
import { grant } from "./grant.ts";
import { LedgerWriter } from "./ledger-writer.ts";
import { settleDue } from "./settle.ts";
import type { Command, Decision, Instant, Pool, Refusal } from "./types.ts";

/**
 * What becomes of a command on this pool at `now`: the entries to write, and the pool after them. Pure: no clock, no
 * I/O; the same arguments give the same answer. What fell due by `now` is settled first, so that an expired grant is
 * never burned however late anyone looks.
 */
export function decide(pool: Pool, command: Command, now: Instant): Decision {
  const writer = new LedgerWriter(pool);
  settleDue(writer, now);
  const refusal = carryOut(writer, command, now);
  return { entries: writer.entries, pool: writer.pool, refusal };
}

function carryOut(writer: LedgerWriter, command: Command, now: Instant): Refusal | null {
  switch (command.kind) {
    case "consume":
      return consume(writer, command);
    case "grant":
      return grant(writer, command, now);
    case "settle":
      return null;
  }
}
