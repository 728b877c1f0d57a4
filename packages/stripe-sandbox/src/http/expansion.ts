import { invalidRequest } from "../errors.ts";
import { findAnything } from "../store/store.ts";
import type { World } from "../world.ts";
import { includable } from "./includable.ts";
import { plain } from "./plain.ts";

/** A copy of `value` in which every path of `expand` shows the object instead of its id. */
export function expanded(world: World, value: unknown, paths: readonly string[]): unknown {
  const copy = plain(value);
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > 4 + (parts[0] === "data" ? 1 : 0)) {
      throw invalidRequest("You cannot expand more than 4 levels of a property.", { param: "expand" });
    }
    expandPath({ world, path }, copy, parts);
  }
  return copy;
}

interface Expansion {
  world: World;
  path: string;
}

function expandPath(expansion: Expansion, target: unknown, [part, ...rest]: readonly string[]): void {
  if (part === undefined) return;
  if (!isObject(target)) return;
  if (target["object"] === "list" && part === "data" && Array.isArray(target["data"])) {
    for (const item of target["data"]) expandPath(expansion, item, rest);
    return;
  }
  const { world, path } = expansion;
  if (!(part in target)) {
    const included = includable(world, target, part);
    if (included === undefined) {
      throw invalidRequest(
        `This property cannot be expanded (${part}). You may want to try expanding 'data.${path}' instead.`,
        { param: "expand" },
      );
    }
    target[part] = plain(included);
  }
  const value = target[part];
  if (typeof value === "string") {
    const found = findAnything(world.store, value);
    if (found === undefined) {
      throw invalidRequest(`This property cannot be expanded (${part}).`, { param: "expand" });
    }
    target[part] = plain(found);
  }
  expandPath(expansion, target[part], rest);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
