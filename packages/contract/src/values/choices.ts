import { z } from "zod";

/** A yes or no of a query string. */
export const booleanQuery = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .meta({ example: "false" });

/** Tells a change from a request that would change nothing: an empty one is refused, or the caller mistook a name. */
export function changesSomething(change: object): boolean {
  return Object.values(change).some((value) => value !== undefined);
}

/** What `changesSomething` says when it is refused. */
export const CHANGES_NOTHING = "must change at least one field";
