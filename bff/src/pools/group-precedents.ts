import type { Connection } from "../storage/pools/connection.ts";
import { type EarlierEntry, findEarlierEntries, type KnownCommand } from "../storage/pools/find-commands.ts";
import type { PoolCommand } from "./command.ts";

/** A command of an earlier transaction under the same id. */
export interface Precedent {
  readonly command: KnownCommand;
  readonly entry: EarlierEntry | null;
}

/** What the known commands of a group wrote when they were carried out, by place in the group. */
export async function earlierOutcomes(
  connection: Connection,
  commands: readonly PoolCommand[],
  known: ReadonlyMap<number, KnownCommand>,
): Promise<Map<number, Precedent>> {
  if (known.size === 0) return new Map();
  const found = [...known];
  const positions = found.map(([index, { poolNo, seq }]) => ({
    customerId: commands[index]?.customerId ?? "",
    poolNo: poolNo ?? 0,
    seq: seq ?? 0,
  }));
  const entries = await findEarlierEntries(connection, positions);
  return new Map(
    found.map(([index, command], place) => [index, { command, entry: entries.get(place) ?? null }]),
  );
}
