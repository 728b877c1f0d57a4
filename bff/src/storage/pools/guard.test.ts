import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eachEngine, type TestDatabase } from "../../test-support/engines.ts";
import { fingerprint } from "../test-support/fingerprint.ts";
import { seedCustomers } from "../test-support/seed-customers.ts";

interface Line {
  customer: string;
  seq: number;
  delta: number;
  end: number;
  keys: string;
  amounts: string;
  overage: number;
  type: string;
}

/** An entry that the guard takes: the pool stands at seq 2 and 9 credits, on one grant of 10 with the key 1. */
const GOOD: Line = {
  customer: "cus_0",
  seq: 3,
  delta: -1_000_000,
  end: 8_000_000,
  keys: "{1}",
  amounts: "{-1000000}",
  overage: 0,
  type: "consumed",
};

const insert = (...lines: Partial<Line>[]) => {
  const rows = lines.map((line) => {
    const { customer, seq, delta, end, keys, amounts, overage, type } = { ...GOOD, ...line };
    return `('${customer}', 1, ${seq}, now(), '${type}', ${delta}, ${end}, ${overage}, '${keys}', '${amounts}', 'event',
      'api_key', 'key')`;
  });
  return `insert into ledger (customer_id, pool_no, seq, occurred_at, type, delta, end_balance, overage_change,
    draw_keys, draw_amounts, source_kind, actor_kind, actor_id) values ${rows.join(", ")}`;
};

/** A pool of 9 credits, as the write path would make it. */
const BEGINNING = [
  "insert into pools (customer_id, pool_no, credit_type_id) values ('cus_0', 1, 'tok')",
  `insert into grants (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, actor_kind,
     actor_id, source_kind) values ('cus_0', 1, 1, 'gr_1', 10000000, 'paid', 0, now(), 'api_key', 'key', 'api')`,
  insert({ seq: 1, type: "granted", delta: 10_000_000, end: 10_000_000, amounts: "{10000000}" }),
  insert({ seq: 2, end: 9_000_000 }),
];

const NO_RIGHT = "42501";
const attacks: readonly [name: string, statement: string, code: string | RegExp][] = [
  ["a gap before the entry", insert({ seq: 4 }), "CK002"],
  ["a seq that is taken", insert({ seq: 2 }), "23505"],
  ["a gap between entries", insert({}, { seq: 5, end: 7_000_000 }), "CK001"],
  ["a wrong end balance", insert({ end: 8_500_000 }), "CK002"],
  ["a wrong end balance in the middle", insert({}, { seq: 4, end: 7_500_000 }), "CK001"],
  [
    "an end balance that a later entry makes good",
    insert({ end: 7_000_000 }, { seq: 4, end: 7_000_000 }),
    /^CK00[12]$/,
  ],
  ["a pool that is not there", insert({ customer: "cus_1", seq: 1, end: -1_000_000 }), "CK002"],
  ["a grant that is not there", insert({ keys: "{7}" }), "CK003"],
  ["a grant that nobody names", insert({ keys: "{NULL}" }), "CK003"],
  [
    "more than the grant holds",
    insert({ delta: -10_000_000, end: -1_000_000, amounts: "{-10000000}" }),
    "23514",
  ],
  ["more than the grant is of", insert({ delta: 2_000_000, end: 11_000_000, amounts: "{2000000}" }), "23514"],
  ["a delta that the draws do not explain", insert({ amounts: "{-2000000}" }), "23514"],
  ["a delta that no draw explains", insert({ keys: "{}", amounts: "{}" }), "23514"],
  ["draws without a grant", insert({ keys: "{1}", amounts: "{-500000,-500000}" }), "23514"],
  [
    "draws hidden in a second dimension",
    insert({ delta: 0, end: 9_000_000, amounts: "{{-1000000}}" }),
    "23514",
  ],
  [
    "draws hidden before the first place",
    insert({ keys: "{1,1}", amounts: "[0:1]={-5000000,-1000000}" }),
    "23514",
  ],
  ["an amount that is no amount", insert({ delta: 0, end: 9_000_000, amounts: "{NULL}" }), "23502"],
  [
    "less overage than none",
    insert({ delta: 1_000_000, end: 10_000_000, keys: "{}", amounts: "{}", overage: -1_000_000 }),
    "23514",
  ],
  [
    "a recorded time",
    "insert into ledger (customer_id, pool_no, seq, at) values ('cus_0', 1, 3, now())",
    NO_RIGHT,
  ],
  ["a change of the ledger", "update ledger set delta = 0", NO_RIGHT],
  ["a removal from the ledger", "delete from ledger", NO_RIGHT],
  ["an empty ledger", "truncate ledger", NO_RIGHT],
  ["a balance", "update pools set balance = balance + 1", NO_RIGHT],
  ["a seq", "update pools set seq = seq + 1", NO_RIGHT],
  ["an overage", "update pools set overage = 0", NO_RIGHT],
  [
    "a pool that begins with a balance",
    "insert into pools (customer_id, pool_no, credit_type_id, balance) values ('cus_1', 1, 'tok', 5)",
    NO_RIGHT,
  ],
  ["what remains of a grant", "update grants set remaining = amount", NO_RIGHT],
  ["a grant's amount", "update grants set amount = amount + 1", NO_RIGHT],
  ["the removal of a pool", "delete from pools", NO_RIGHT],
  ["the removal of a grant", "delete from grants", NO_RIGHT],
  ["another memory of a command", "update commands set content_hash = gen_random_uuid()", NO_RIGHT],
  ["a forgotten command", "delete from commands", NO_RIGHT],
  ["a ledger without its guard", "alter table ledger disable trigger ledger_guard", NO_RIGHT],
  ["a ledger without all triggers", "alter table ledger disable trigger all", NO_RIGHT],
  [
    "another guard",
    "create or replace function guard_ledger() returns trigger language sql as 'select 1'",
    NO_RIGHT,
  ],
  [
    "a trigger of one's own",
    "create trigger mine before insert on ledger execute function guard_ledger()",
    NO_RIGHT,
  ],
  ["replication's silence", "set session_replication_role = replica", NO_RIGHT],
];

eachEngine((engine) => {
  let opened: TestDatabase;
  let untouched: Record<string, string>;
  before(async () => {
    opened = await engine.open();
    await seedCustomers(opened.database, 2);
    const connection = await opened.database.connect();
    for (const statement of BEGINNING) await connection.query(statement, []);
    connection.release();
    untouched = await fingerprint(opened.database);
  });
  after(async () => {
    assert.deepEqual(await fingerprint(opened.database), untouched);
    await opened.close();
  });

  /** Runs a statement as the write path's role, and undoes it; answers the code it failed with. */
  const attempt = async (statement: string): Promise<string | null> => {
    const connection = await opened.database.connect();
    await connection.query("begin", []);
    try {
      await connection.query(statement, []);
      return null;
    } catch (error) {
      return error instanceof Error && "code" in error ? String(error.code) : String(error);
    } finally {
      await connection.query("rollback", []);
      connection.release();
    }
  };

  test("the entry that the attacks vary is taken", async () => {
    assert.equal(await attempt(insert(GOOD)), null);
    assert.equal(await attempt(insert(GOOD, { seq: 4, end: 7_000_000 })), null);
    assert.equal(await attempt(insert({ seq: 4, end: 7_000_000 }, GOOD)), null, "in any order");
  });

  for (const [name, statement, code] of attacks) {
    test(`the writer cannot bring in ${name}`, async () => {
      const answered = (await attempt(statement)) ?? "nothing: it was taken";
      if (typeof code === "string") assert.equal(answered, code);
      else assert.match(answered, code);
    });
  }

  test("the writer cannot become the owner", async () => {
    const connection = await opened.database.connect();
    const { rows } = await connection.query<{ member: boolean; super: boolean }>(
      `select pg_has_role(current_user, (select tableowner from pg_tables where tablename = 'ledger'), 'member') as member,
         (select rolsuper from pg_roles where rolname = current_user) as super`,
      [],
    );
    connection.release();
    assert.deepEqual(rows, [{ member: false, super: false }]);
  });
});
