import type { Entry } from "@credits-kit/engine";
import type { GrantFacts } from "../storage/pools/insert-grants.ts";
import type { Attribution, CommandRow, EntryRow } from "../storage/pools/insert-group.ts";
import type { WorkingPool } from "./group-customer.ts";

/** What a group will write besides its pools and users. Lives for one transaction. */
export class GroupState {
  readonly entries: EntryRow[] = [];
  readonly commands: CommandRow[] = [];
  readonly grants: GrantFacts[] = [];

  write(pool: WorkingPool, entry: Entry, by: Attribution): void {
    this.entries.push({ customerId: pool.customerId, poolNo: pool.poolNo, entry, by });
  }
}
