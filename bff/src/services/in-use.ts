import type { UsedBy } from "@credits-kit/contract";
import { ServiceError } from "../errors.ts";

/** How many uses are told at most. */
export const MAX_USES = 50;

/**
 * The thing cannot go away yet: says what uses it.
 * @param uses not empty; those beyond `MAX_USES` are left out
 */
export function inUse(kind: string, uses: readonly UsedBy[]): ServiceError {
  const usedBy = uses.slice(0, MAX_USES).map(({ kind, id }) => ({ kind, id }));
  const [first] = usedBy;
  const named = first ? `the ${first.kind} ${first.id}` : "something";
  const more = usedBy.length > 1 ? ` and ${usedBy.length - 1} more` : "";
  return new ServiceError("in_use", `The ${kind} is used by ${named}${more}.`, {
    details: { usedBy },
    errors: usedBy.map((use) => ({
      path: "id",
      code: "in_use",
      message: `is used by the ${use.kind} ${use.id}`,
    })),
  });
}
