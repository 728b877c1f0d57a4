/** The lane of a customer: always the same one. On a distributed database this becomes the customer's shard. */
export function laneOf(customerId: string, lanes: number): number {
  // FNV-1a, 32 bits: short, and spreads ids that differ in one digit.
  let hash = 0x811c9dc5;
  for (let index = 0; index < customerId.length; index += 1) {
    hash = Math.imul(hash ^ customerId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % lanes;
}
