/** Rules by name; each says what is wrong with its subject, or nothing. */
export type Invariants<Subject> = Record<string, (subject: Subject) => string | undefined>;

/** The rules that a subject breaks, each with what is wrong. */
export function broken<Subject>(invariants: Invariants<Subject>, subject: Subject): string[] {
  return Object.entries(invariants).flatMap(([name, check]) => {
    const fault = check(subject);
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

export function unlessEqual<Value extends string | number | bigint>(
  expected: Value,
  actual: Value,
  what: string,
): string | undefined {
  return expected === actual ? undefined : `${what}: "${actual}" where "${expected}" belongs`;
}

/** The first thing that is wrong with any of the rows. */
export function firstFault<Row>(
  rows: readonly Row[],
  check: (row: Row, index: number) => string | undefined,
): string | undefined {
  for (const [index, row] of rows.entries()) {
    const fault = check(row, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
