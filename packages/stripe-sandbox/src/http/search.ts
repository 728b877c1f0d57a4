import { invalidRequest } from "../errors.ts";
import type { World } from "../world.ts";

/** What a search is asked. */
export interface SearchRequest {
  query: string;
  url: string;
  limit?: number | undefined;
  page?: string | undefined;
}

interface Clause {
  field: string;
  key: string | undefined;
  operator: string;
  value: string;
}

const CLAUSE =
  /^\s*(\w+)(?:\[(?:'([^']+)'|"([^"]+)")\])?\s*(:|<=|>=|<|>)\s*(?:'([^']*)'|"([^"]*)"|(-?\d+))\s*/;

/** The objects that match all clauses of Stripe's query language (`AND` only), without what is too new to be found. */
export function searchPage(
  world: World,
  items: readonly Record<string, unknown>[],
  request: SearchRequest,
): object {
  const clauses = parseQuery(request.query);
  const newest = world.clock.seconds() - world.settings.searchLagSeconds;
  const found = items.filter(
    (item) => Number(item["created"]) <= newest && clauses.every((clause) => matches(item, clause)),
  );
  const start = Number(request.page ?? 0);
  const end = start + (request.limit ?? 10);
  const has_more = end < found.length;
  const data = found.slice(start, end);
  return {
    object: "search_result",
    data,
    has_more,
    next_page: has_more ? String(end) : null,
    url: request.url,
  };
}

function parseQuery(query: string): Clause[] {
  const clauses: Clause[] = [];
  let rest = query;
  while (rest.trim() !== "") {
    const match = CLAUSE.exec(rest);
    if (match === null)
      throw invalidRequest(`We were unable to parse your search query: ${query}`, { param: "query" });
    const [whole, field = "", single, double, operator = ":", ...values] = match;
    clauses.push({
      field,
      key: single ?? double,
      operator,
      value: values.find((value) => value !== undefined) ?? "",
    });
    rest = rest.slice(whole.length).replace(/^AND\s+/i, "");
  }
  return clauses;
}

function matches(item: Record<string, unknown>, { field, key, operator, value }: Clause): boolean {
  const target = item[field];
  const found: unknown = key === undefined ? target : isRecord(target) ? target[key] : undefined;
  if (operator === ":") return String(found) === value;
  const difference = Number(found) - Number(value);
  if (operator === "<") return difference < 0;
  if (operator === ">") return difference > 0;
  return operator === "<=" ? difference <= 0 : difference >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
