import type { Entry } from "@credits-kit/engine";
import type { GrantEdit } from "../storage/pools/edit-grants.ts";
import type { GrantFacts } from "../storage/pools/grant-record.ts";
import type { HoldFacts } from "../storage/pools/hold-record.ts";
import type { DeniedEvent } from "../storage/pools/insert-denials.ts";
import type { Attribution, CommandRow, EntryRow } from "../storage/pools/insert-group.ts";
import type { WorkingPool } from "./group-customer.ts";

/** What a group will write besides its pools and users. Lives for one transaction. */
export class GroupState {
  readonly entries: EntryRow[] = [];
  readonly commands: CommandRow[] = [];
  readonly grants: GrantFacts[] = [];
  readonly edits: GrantEdit[] = [];
  readonly holds: HoldFacts[] = [];
  /** Events that did not fit, the last denial of each. */
  readonly denials = new Map<string, DeniedEvent>();

  write(pool: WorkingPool, entry: Entry, by: Attribution): void {
    const { customerId, poolNo, customer } = pool;
    this.entries.push({ customerId, poolNo, entry, by, testClock: customer.testClock });
  }
}
