import { type ConsumedEntry, findConsumed } from "../storage/pools/find-consumed.ts";
import { findGrants, type FoundGrant, readGrantsByKey } from "../storage/pools/find-grants.ts";
import { findHolds, type FoundHold } from "../storage/pools/find-holds.ts";
import type { Connection } from "../storage/pools/connection.ts";
import type { GrantRecord } from "../storage/pools/grant-record.ts";
import type { PoolCommand } from "./command.ts";
import type { GroupCustomer } from "./group-customer.ts";

/** What commands are about that was there before: a grant, a hold, an applied event. By place in the group. */
export interface GroupTargets {
  readonly grants: ReadonlyMap<number, FoundGrant>;
  readonly holds: ReadonlyMap<number, FoundHold>;
  readonly consumed: ReadonlyMap<number, ConsumedEntry>;
}

const NONE: ReadonlyMap<number, never> = new Map<number, never>();

/** Looks up what the commands of a group are about. Costs nothing for groups of usage and new grants. */
export async function findTargets(
  connection: Connection,
  commands: readonly PoolCommand[],
): Promise<GroupTargets> {
  const grants: Asked<{ customerId: string; grantId: string }>[] = [];
  const holds: Asked<{ customerId: string; holdId: string }>[] = [];
  const events: Asked<{ customerId: string; eventId: string }>[] = [];
  commands.forEach((command, index) => {
    switch (command.kind) {
      case "update_grant":
      case "revoke_grant":
      case "confirm_payment":
      case "freeze_grant":
      case "unfreeze_grant":
        grants.push({ index, key: command });
        break;
      case "capture_hold":
      case "release_hold":
      case "extend_hold":
        holds.push({ index, key: command });
        break;
      case "reverse_event":
        events.push({ index, key: command });
    }
  });
  const [foundGrants, foundHolds, consumed] = await Promise.all([
    look(grants, (keys) => findGrants(connection, keys)),
    look(holds, (keys) => findHolds(connection, keys)),
    look(events, (keys) => findConsumed(connection, keys)),
  ]);
  return { grants: foundGrants, holds: foundHolds, consumed };
}

/** A thing that the command at this place asks for. */
interface Asked<Key> {
  readonly index: number;
  readonly key: Key;
}

async function look<Key, Found>(
  asked: readonly Asked<Key>[],
  find: (keys: readonly Key[]) => Promise<Map<number, Found>>,
): Promise<ReadonlyMap<number, Found>> {
  if (asked.length === 0) return NONE;
  const found = await find(asked.map(({ key }) => key));
  const byPlace = new Map<number, Found>();
  asked.forEach(({ index }, place) => {
    const each = found.get(place);
    if (each !== undefined) byPlace.set(index, each);
  });
  return byPlace;
}

/** Touches the pools in which the targets lie; where they stand is known from the look-up. */
export function touchTargets(
  targets: GroupTargets,
  commands: readonly PoolCommand[],
  customers: ReadonlyMap<string, GroupCustomer>,
): void {
  const touch = (
    index: number,
    pool: { creditTypeId: string; resourceId: string; poolNo: number },
    seq: number,
  ) => customers.get(commands[index]?.customerId ?? "")?.touch(pool, { poolNo: pool.poolNo, seq });
  for (const [index, { record, poolSeq }] of targets.grants) touch(index, record, poolSeq);
  for (const [index, { record, poolSeq }] of targets.holds) touch(index, record, poolSeq);
  for (const [index, entry] of targets.consumed) touch(index, entry, entry.poolSeq);
}

/** Reads the grants that reversals may give credits back to, by command. */
export async function readRestorable(
  connection: Connection,
  commands: readonly PoolCommand[],
  { consumed }: GroupTargets,
): Promise<ReadonlyMap<number, readonly GrantRecord[]>> {
  if (consumed.size === 0) return NONE;
  const byPlace = new Map<number, readonly GrantRecord[]>();
  for (const [index, { poolNo, draws, repaid }] of consumed) {
    const customerId = commands[index]?.customerId ?? "";
    const keys = new Set([...draws, ...repaid].map((part) => part.grantKey));
    const asked = [...keys].map((key) => ({ customerId, poolNo, key }));
    byPlace.set(index, await readGrantsByKey(connection, asked));
  }
  return byPlace;
}
