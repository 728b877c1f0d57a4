import { captureHold } from "./capture-hold.ts";
import { confirmPayment } from "./confirm-payment.ts";
import { consume } from "./consume.ts";
import { extendHold } from "./extend-hold.ts";
import { freeze } from "./freeze.ts";
import { grant } from "./grant.ts";
import { LedgerWriter } from "./ledger-writer.ts";
import { placeHold } from "./place-hold.ts";
import { releaseHold } from "./release-hold.ts";
import { reverse } from "./reverse.ts";
import { revoke } from "./revoke.ts";
import { settleDue } from "./settle.ts";
import type { Command, Decision, Refusal } from "./commands.ts";
import type { Instant, Pool } from "./types.ts";
import { unfreeze } from "./unfreeze.ts";
import { updateGrant } from "./update-grant.ts";

/**
 * What becomes of a command on this pool at `now`: the entries to write, and the pool after them. Pure: no clock, no
 * I/O; the same arguments give the same answer. What fell due by `now` is settled first, so that an expired grant is
 * never burned however late anyone looks; then what the command itself made due. A grant that was due before is decided as
 * of then.
 * @throws Error when the command names a grant that neither the pool carries nor the command hands over, or is due later.
 */
export function decide(pool: Pool, command: Command, now: Instant): Decision {
  const writer = new LedgerWriter(pool);
  const moment = momentOf(command, now);
  settleDue(writer, moment);
  const settled = writer.entries.length;
  const refusal = carryOut(writer, command, moment);
  // Burning never makes anything due, and is what comes by the thousands.
  if (command.kind !== "consume") settleDue(writer, moment, moment);
  return { entries: writer.entries, settled, pool: writer.pool, closed: writer.closed, refusal };
}

/** The moment as of which a command is decided. */
function momentOf(command: Command, now: Instant): Instant {
  if (command.kind !== "grant" || command.asOf === null) return now;
  if (command.asOf > now) throw new Error(`grant ${command.grantId} is not due yet`);
  return command.asOf;
}

function carryOut(writer: LedgerWriter, command: Command, now: Instant): Refusal | null {
  switch (command.kind) {
    case "consume":
      return consume(writer, command);
    case "grant":
      return grant(writer, command, now);
    case "update_grant":
      return updateGrant(writer, command, now);
    case "revoke":
      return revoke(writer, command, now);
    case "confirm_payment":
      return confirmPayment(writer, command, now);
    case "freeze":
      return freeze(writer, command, now);
    case "unfreeze":
      return unfreeze(writer, command, now);
    case "reverse":
      return reverse(writer, command, now);
    case "place_hold":
      return placeHold(writer, command, now);
    case "capture_hold":
      return captureHold(writer, command, now);
    case "release_hold":
      return releaseHold(writer, command, now);
    case "extend_hold":
      return extendHold(writer, command, now);
    case "settle":
      return null;
  }
}
