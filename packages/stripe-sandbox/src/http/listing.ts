import type Stripe from "stripe";
import { resourceMissing } from "../errors.ts";

/** What a list is asked for. */
export interface Paging {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

/** A range of seconds. */
export interface CreatedRange {
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
}

/** Whether a time in seconds lies in the range; no range holds every time. */
export function within(range: CreatedRange | undefined, seconds: number): boolean {
  if (range === undefined) return true;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return seconds > gt && seconds >= gte && seconds < lt && seconds <= lte;
}

/** How a list can be narrowed: to a range of time, and to objects whose fields have these values. */
interface Narrowing<T> {
  url: string;
  params: Paging & { created?: CreatedRange | undefined };
  where: { readonly [Field in keyof T]?: unknown };
}

/** One page of those `items` that are asked for. @throws StripeProblem when the cursor names nothing. */
export function narrowedPage<T extends { id: string; created: number }>(
  items: readonly T[],
  { url, params, where }: Narrowing<T>,
): Stripe.ApiList<T> {
  const wanted = Object.entries(where).filter(([, value]) => value !== undefined);
  const isWanted = (item: T): boolean => {
    const fields: Readonly<Record<string, unknown>> = { ...item };
    return within(params.created, item.created) && wanted.every(([name, value]) => fields[name] === value);
  };
  return page(items.filter(isWanted), url, params);
}

/** One page of `items`, which are in the list's order. @throws StripeProblem when the cursor names nothing. */
export function page<T extends { id: string }>(
  items: readonly T[],
  url: string,
  paging: Paging = {},
): Stripe.ApiList<T> {
  const limit = paging.limit ?? 10;
  const position = (id: string, param: string): number => {
    const index = items.findIndex((item) => item.id === id);
    if (index < 0) throw resourceMissing("object", id, param);
    return index;
  };
  if (paging.ending_before !== undefined) {
    const end = position(paging.ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", data: items.slice(start, end), has_more: start > 0, url };
  }
  const start =
    paging.starting_after === undefined ? 0 : position(paging.starting_after, "starting_after") + 1;
  const data = items.slice(start, start + limit);
  return { object: "list", data, has_more: start + limit < items.length, url };
}

/** A list that is shown whole, as a part of another object. */
export function whole<T>(data: T[], url: string): Stripe.ApiList<T> {
  return { object: "list", data, has_more: false, url };
}
