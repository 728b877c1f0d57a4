/** A pool, by whose it is and its number. */
export interface PoolPlace {
  readonly customerId: string;
  readonly poolNo: number;
}

/** Names a pool where one text is needed. */
export function placeName({ customerId, poolNo }: PoolPlace): string {
  return `${poolNo} ${customerId}`;
}
