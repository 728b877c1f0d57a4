import { z } from "zod";
import { fieldError } from "../field-errors.ts";
import type { PageOf, PageRequest, Position } from "../storage/keyset.ts";
import { decodeCursor, digestOf, encodeCursor, type Filters } from "./cursor-text.ts";

const DEFAULT_LIMIT = 20;
const VERSION = 1;

/** A list with the filters that a cursor of it belongs to. */
export interface ListScope {
  readonly list: string;
  /** What the keys and ids of its positions look like; a cursor with others was made up. Keys are times if left out. */
  readonly keys?: RegExp;
  readonly ids?: RegExp;
  readonly filters?: Filters;
}

/** How every list is asked for. */
export interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** A list as it is sent. */
export interface Listing<Item> {
  readonly data: Item[];
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
}

/** The keys of lists that go by time: microseconds. */
const TIMES = /^\d{1,16}$/;

const cursorParts = z.tuple([
  z.literal(VERSION),
  z.enum(["next", "prev"]),
  z.string(),
  z.string().regex(/^\d{1,19}$/),
  z.string().regex(/^[\x21-\x7e]{1,200}$/),
]);

/** Reads what page of a list is asked for. @throws ServiceError `validation_failed` for a cursor of another list */
export function pageRequest(query: PageQuery, scope: ListScope): PageRequest {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.cursor === undefined) return { limit, from: null };
  const { data } = cursorParts.safeParse(decodeCursor(query.cursor));
  const ours =
    data !== undefined &&
    data[2] === digestOf(scope.list, scope.filters ?? {}) &&
    isPosition(data[3], data[4], scope);
  if (!ours) {
    throw fieldError("cursor", "must be a cursor of this list, asked with the same filters");
  }
  const [, direction, , key, id] = data;
  return { limit, from: { direction, position: { key, id } } };
}

/** A page as it is sent. */
export function listing<Row, Item>(
  page: PageOf<Row>,
  scope: ListScope,
  toItem: (row: Row) => Item,
): Listing<Item> {
  return {
    data: page.rows.map(toItem),
    nextCursor: cursorOf("next", page.next, scope),
    prevCursor: cursorOf("prev", page.prev, scope),
  };
}

function cursorOf(direction: "next" | "prev", position: Position | null, scope: ListScope): string | null {
  if (position === null) return null;
  const { list, filters = {} } = scope;
  return encodeCursor([VERSION, direction, digestOf(list, filters), position.key, position.id]);
}

function isPosition(key: string, id: string, { keys = TIMES, ids }: ListScope): boolean {
  return keys.test(key) && (ids?.test(id) ?? true);
}
