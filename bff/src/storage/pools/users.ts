import { idArray, numberArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** A user of a customer, as events name them. */
export interface UserKey {
  readonly customerId: string;
  readonly userId: string;
}

const FIND = statement<{ n: string; user_no: number }>(`
  select q.n, u.user_no
  from unnest($1::text[], $2::text[]) with ordinality as q (customer_id, user_id, n)
  cross join lateral (
    select * from customer_users u where u.customer_id = q.customer_id and u.user_id = q.user_id limit 1
  ) u`);

/** The numbers that stand for users in the ledger, by position in the list; new users are absent. */
export async function findUserNumbers(
  connection: Connection,
  users: readonly UserKey[],
): Promise<Map<number, number>> {
  const rows = await run(connection, FIND, [
    idArray(users.map((user) => user.customerId)),
    idArray(users.map((user) => user.userId)),
  ]);
  return new Map(rows.map((row) => [Number(row.n) - 1, row.user_no]));
}

const LAST = statement<{ customer_id: string; last: number }>(`
  select customer_id, max(user_no) as last from customer_users where customer_id = any($1::text[]) group by customer_id`);

/** The highest user number of each customer that has users. */
export async function lastUserNumbers(connection: Connection, customerIds: readonly string[]) {
  const rows = await run(connection, LAST, [idArray(customerIds)]);
  return new Map(rows.map((row) => [row.customer_id, row.last]));
}

const INSERT = statement(`
  insert into customer_users (customer_id, user_no, user_id)
  select * from unnest($1::text[], $2::int[], $3::text[])`);

/** Remembers new users. The customers must be locked. */
export function insertUsers(connection: Connection, users: readonly (UserKey & { userNo: number })[]) {
  return run(connection, INSERT, [
    idArray(users.map((user) => user.customerId)),
    numberArray(users.map((user) => user.userNo)),
    idArray(users.map((user) => user.userId)),
  ]);
}
