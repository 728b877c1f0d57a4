/** The element and the scene of each place in the playground: two beside each other and two below. */
export const SHOWN = [
  ["credits-balance", "loaded"],
  ["credits-top-up", "saved-card"],
  ["credits-usage-chart", "three-series"],
  ["credits-grants-table", "selectable"],
] as const;
