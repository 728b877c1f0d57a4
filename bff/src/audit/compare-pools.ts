import { formatCredits } from "@credits-kit/amounts";
import type { Finding } from "../storage/audit/finding.ts";
import type { StoredPoolRow } from "../storage/audit/read-pools.ts";
import type { PoolTotals } from "./pool-chain.ts";
import { placeName } from "./pool-place.ts";

const NOTHING: PoolTotals = { lastSeq: 0, balance: 0n, overage: 0n };

/**
 * Compares stored pools with what their entries add up to: I-1, I-7 and the end of I-4.
 * @param totals by the name of the pool
 */
export function comparePools(
  stored: readonly StoredPoolRow[],
  totals: ReadonlyMap<
    string,
    { readonly customerId: string; readonly poolNo: number; readonly totals: PoolTotals }
  >,
): Finding[] {
  const findings: Finding[] = [];
  const known = new Set<string>();
  for (const { customer_id: customerId, pool_no: poolNo, seq, balance, overage } of stored) {
    const place = { customerId, poolNo };
    const name = placeName(place);
    known.add(name);
    const { totals: counted } = totals.get(name) ?? { totals: NOTHING };
    if (BigInt(balance) !== counted.balance) {
      const [told, added] = [BigInt(balance), counted.balance].map(formatCredits);
      const detail = `the balance is ${told}, the entries add up to ${added}`;
      findings.push({ ...place, invariant: "I-1", seq: null, detail });
    }
    if (Number(seq) !== counted.lastSeq) {
      const detail = `the pool stands at entry ${seq}, the last one is ${counted.lastSeq}`;
      findings.push({ ...place, invariant: "I-4", seq: Math.min(Number(seq), counted.lastSeq) + 1, detail });
    }
    if (BigInt(overage) < 0n || BigInt(overage) !== counted.overage) {
      const [told, added] = [BigInt(overage), counted.overage].map(formatCredits);
      const detail = `the overage is ${told}, the entries add up to ${added}`;
      findings.push({ ...place, invariant: "I-7", seq: null, detail });
    }
  }
  for (const [name, { customerId, poolNo }] of totals) {
    if (known.has(name)) continue;
    findings.push({
      customerId,
      poolNo,
      invariant: "I-1",
      seq: null,
      detail: "there are entries and no pool",
    });
  }
  return findings;
}
