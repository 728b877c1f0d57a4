import { idArray, numberArray, textArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** A command that was carried out before. */
export interface KnownCommand {
  readonly contentHash: string;
  readonly answer: string | null;
  readonly poolNo: number | null;
  readonly seq: number | null;
}

const FIND = statement<{
  n: string;
  content_hash: string;
  answer: string | null;
  pool_no: number | null;
  seq: string | null;
}>(`
  select q.n, c.content_hash, c.answer, c.pool_no, c.seq
  from unnest($1::text[], $2::text[]) with ordinality as q (customer_id, id, n)
  cross join lateral (
    select * from commands c where c.customer_id = q.customer_id and c.id = q.id limit 1
  ) c`);

/** Looks commands up; the answer tells by position in the list. Unknown ones and those without an id are absent. */
export async function findCommands(
  connection: Connection,
  commands: readonly { readonly customerId: string; readonly id: string | null }[],
): Promise<Map<number, KnownCommand>> {
  const rows = await run(connection, FIND, [
    idArray(commands.map((command) => command.customerId)),
    textArray(commands.map((command) => command.id)),
  ]);
  return new Map(
    rows.map((row) => [
      Number(row.n) - 1,
      {
        contentHash: row.content_hash.replaceAll("-", ""),
        answer: row.answer,
        poolNo: row.pool_no,
        seq: row.seq === null ? null : Number(row.seq),
      },
    ]),
  );
}

/** An entry that an earlier command wrote, and where its pool stands now. */
export interface EarlierEntry {
  readonly creditTypeId: string;
  readonly resourceId: string;
  readonly delta: bigint;
  readonly endBalance: bigint;
}

const FIND_ENTRIES = statement<{
  n: string;
  delta: string;
  end_balance: string;
  credit_type_id: string;
  resource_id: string;
}>(`
  select q.n, l.delta, l.end_balance, p.credit_type_id, p.resource_id
  from unnest($1::text[], $2::int[], $3::bigint[]) with ordinality as q (customer_id, pool_no, seq, n)
  cross join lateral (
    select * from ledger l where l.customer_id = q.customer_id and l.pool_no = q.pool_no and l.seq = q.seq limit 1
  ) l
  cross join lateral (
    select * from pools p where p.customer_id = q.customer_id and p.pool_no = q.pool_no limit 1
  ) p`);

/** Reads the entries of earlier commands, in the order asked. */
export async function findEarlierEntries(
  connection: Connection,
  positions: readonly { customerId: string; poolNo: number; seq: number }[],
): Promise<Map<number, EarlierEntry>> {
  const rows = await run(connection, FIND_ENTRIES, [
    idArray(positions.map((position) => position.customerId)),
    numberArray(positions.map((position) => position.poolNo)),
    numberArray(positions.map((position) => position.seq)),
  ]);
  return new Map(
    rows.map((row) => [
      Number(row.n) - 1,
      {
        creditTypeId: row.credit_type_id,
        resourceId: row.resource_id,
        delta: BigInt(row.delta),
        endBalance: BigInt(row.end_balance),
      },
    ]),
  );
}
