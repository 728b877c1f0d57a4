import type { Connection } from "../storage/pools/connection.ts";
import { existingFeatures, usableCreditTypes } from "../storage/pools/load-catalogue.ts";
import type { PoolCommand } from "./command.ts";
import { featureOf, type NoPrice, type Price } from "./pricing.ts";

/** The credit types that commands name themselves, as far as they exist and may be used. */
export async function namedTypes(
  connection: Connection,
  commands: readonly PoolCommand[],
): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const command of commands) {
    if (command.kind === "grant") ids.add(command.creditTypeId);
    else if ("asked" in command && command.asked.kind === "direct") ids.add(command.asked.creditTypeId);
  }
  return ids.size > 0 ? usableCreditTypes(connection, [...ids]) : ids;
}

/** Of the features that no plan prices here, those that exist: an unknown one is told apart from an unmapped one. */
export async function unmappedFeatures(
  connection: Connection,
  commands: readonly PoolCommand[],
  prices: readonly (Price | NoPrice | null)[],
): Promise<Set<string>> {
  const ids = new Set<string>();
  commands.forEach((command, index) => {
    const featureId = typeof prices[index] === "string" ? featureOf(command) : null;
    if (featureId !== null) ids.add(featureId);
  });
  return ids.size > 0 ? existingFeatures(connection, [...ids]) : ids;
}
