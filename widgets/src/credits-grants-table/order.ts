import { DEFAULT_ORDER, type GrantOrder, type OrderField, ORDERS } from "./credits-grants-table.types.ts";

/** What an order sorts by, and whether the most comes first. */
export function partsOf(order: GrantOrder): { field: string; isDescending: boolean } {
  const isDescending = order.startsWith("-");
  return { field: isDescending ? order.slice(1) : order, isDescending };
}

/** What a press on a column's name leads to: the way round that people mean at first, then the other, then none. */
export function nextOrder(field: OrderField, order: GrantOrder): GrantOrder {
  const ways = ORDERS.filter((one) => partsOf(one).field === field);
  return ways[ways.indexOf(order) + 1] ?? DEFAULT_ORDER;
}
