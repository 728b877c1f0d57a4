/** Each element as it may stand on a page, and whether something in it can stand open when it is removed. */
export interface Standing {
  tag: string;
  attributes: string;
  opens: boolean;
}

export const standings: readonly Standing[] = [
  { tag: "credits-balance", attributes: "", opens: true },
  { tag: "credits-balance", attributes: 'variant="compact"', opens: true },
  { tag: "credits-usage-chart", attributes: "", opens: true },
  { tag: "credits-grants-table", attributes: "", opens: true },
  { tag: "credits-ledger", attributes: "", opens: true },
  { tag: "credits-top-up", attributes: 'credit-type="tokens"', opens: true },
  { tag: "credits-top-up", attributes: 'credit-type="tokens" modal', opens: true },
  { tag: "credits-auto-top-up", attributes: 'credit-type="tokens"', opens: true },
  { tag: "credits-auto-top-up", attributes: 'credit-type="tokens" modal', opens: true },
  { tag: "credits-utilization-portal", attributes: "", opens: true },
];

/** One of each, for one pool: they have as much to share as they can. */
export const kinds: readonly string[] = [...new Set(standings.map(({ tag }) => tag))].map(
  (tag) => `<${tag} session-url="/session" credit-type="tokens"></${tag}>`,
);
