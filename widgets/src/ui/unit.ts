/** The unit as it goes with the amount. There are two forms, and they are words of the host's language. */
export function unitFor(amount: string, unit: { singular: string; plural: string }): string {
  return /^-?1(\.0*)?$/.test(amount) ? unit.singular : unit.plural;
}
