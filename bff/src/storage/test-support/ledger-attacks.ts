/** What an entry of these attacks says; texts as SQL takes them. */
interface Line {
  customer: string;
  seq: number;
  delta: number;
  end: number;
  keys: string;
  amounts: string;
  overage: number;
  type: string;
  at: string;
  decided: string;
  held: string | null;
  about: number | null;
  details: string | null;
}

/** An entry that the guard takes: the pool stands at seq 2 and 9 credits, on one grant of 10 with the key 1. */
export const GOOD: Line = {
  customer: "cus_0",
  seq: 3,
  delta: -1_000_000,
  end: 8_000_000,
  keys: "{1}",
  amounts: "{-1000000}",
  overage: 0,
  type: "consumed",
  at: "clock_timestamp()",
  decided: "now()",
  held: null,
  about: null,
  details: null,
};

/** Inserts entries, each the good one with something changed. */
export const insert = (...lines: Partial<Line>[]) => {
  const rows = lines.map((line) => {
    const { customer, seq, delta, end, keys, amounts, overage, type, decided, ...rest } = {
      ...GOOD,
      ...line,
    };
    const [held, details] = [rest.held, rest.details].map((text) => (text === null ? "null" : `'${text}'`));
    return `('${customer}', 1, ${seq}, now(), '${type}', ${delta}, ${end}, ${overage}, '${keys}', '${amounts}', 'event',
      'api_key', 'key', ${rest.at}, ${decided}, ${held}, ${rest.about}, ${details})`;
  });
  return `insert into ledger (customer_id, pool_no, seq, occurred_at, type, delta, end_balance, overage_change,
    draw_keys, draw_amounts, source_kind, actor_kind, actor_id, at, decided_at, draw_held, about_seq, details) values ${rows.join(", ")}`;
};

/** A hold of 4 credits is placed by the entry with the number 3. */
const HOLD = `insert into holds (customer_id, pool_no, key, hold_id, amount, expires_at, actor_kind, actor_id)
  values ('cus_0', 1, 3, 'h', 4000000, now() + interval '1 hour', 'api_key', 'key');`;
const placed = { type: "hold_placed", delta: 0, end: 9_000_000, amounts: "{0}", held: "{4000000}", about: 3 };
const captured = {
  type: "consumed",
  seq: 4,
  delta: -4_000_000,
  about: 3,
  details: `{"holdEnd": "captured"}`,
};

/** A pool of 9 credits, as the write path would make it. */
export const BEGINNING = [
  "insert into pools (customer_id, pool_no, credit_type_id) values ('cus_0', 1, 'tok')",
  `insert into grants (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, actor_kind,
     actor_id, source_kind) values ('cus_0', 1, 1, 'gr_1', 10000000, 'paid', 0, now(), 'api_key', 'key', 'api')`,
  insert({ seq: 1, type: "granted", delta: 10_000_000, end: 10_000_000, amounts: "{10000000}" }),
  insert({ seq: 2, end: 9_000_000 }),
];

const NO_RIGHT = "42501";
/**
 * What a stolen connection of the BFF might try (RELIABILITY.md, I-20), and the SQLSTATE that it must fail with. Statements
 * are divided by semicolons.
 */
export const ATTACKS: readonly [name: string, statement: string, code: string | RegExp][] = [
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
    "a recorded time of before",
    insert({ at: "now() - interval '1 millisecond'", decided: "now() - interval '2 milliseconds'" }),
    "CK009",
  ],
  ["a recorded time of later", insert({ at: "now() + interval '1 second'" }), "CK009"],
  [
    "a recorded time of somebody else's test clock",
    `insert into test_clocks (test_clock_id, now) values ('past', '2020-01-01');
     insert into customers (customer_id, route, test_clock_id) values ('clocked', 'clocked', 'past');
     ${insert({ at: "'2020-01-01'", decided: "'2020-01-01'" })}`,
    "CK009",
  ],
  [
    "a recorded time ahead of the test clock",
    `insert into test_clocks (test_clock_id, now) values ('past', '2020-01-01');
     insert into customers (customer_id, route, test_clock_id) values ('clocked', 'clocked', 'past');
     insert into pools (customer_id, pool_no, credit_type_id) values ('clocked', 1, 'tok');
     ${insert({ customer: "clocked", seq: 1, delta: 0, end: 0, keys: "{}", amounts: "{}", at: "'2020-01-02'", decided: "'2020-01-02'" })}`,
    "CK009",
  ],
  [
    "a test clock under a ledger",
    `insert into test_clocks (test_clock_id, now) values ('past', '2020-01-01');
     update customers set test_clock_id = 'past' where customer_id = 'cus_0'`,
    "CK010",
  ],
  [
    "a test clock that goes back",
    `insert into test_clocks (test_clock_id, now) values ('past', '2020-01-01');
     update test_clocks set now = '2019-12-31' where test_clock_id = 'past'`,
    "CK010",
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
  [
    "an overdraw of two grants' names",
    insert({ keys: "{1,1}", delta: -10_000_000, end: -1_000_000, amounts: "{-5000000,-5000000}" }),
    "23514",
  ],
  ["a burn with a decision of long ago", insert({ decided: "now() - interval '2 minutes'" }), "23514"],
  ["a burn decided in the future", insert({ decided: "now() + interval '5 seconds'" }), "23514"],
  ["a reservation that belongs to no hold", insert({ held: "{1000000}" }), "23514"],
  ["a hold of more than remains", HOLD + insert({ ...placed, held: "{9000001}" }), "23514"],
  ["a hold that is not there", insert(placed), "CK005"],
  [
    "a capture of more than a hold reserves of a grant",
    HOLD +
      insert(placed, {
        ...captured,
        end: 4_000_000,
        delta: -5_000_000,
        amounts: "{-5000000}",
        held: "{-5000000}",
      }),
    "23514",
  ],
  [
    "a second end of a hold",
    `${HOLD + insert(placed, { ...captured, end: 5_000_000, amounts: "{-4000000}", held: "{-4000000}" })};
     ${insert({ type: "hold_released", seq: 5, delta: 0, end: 5_000_000, keys: "{}", amounts: "{}", about: 3 })}`,
    "CK005",
  ],
  [
    "the end of a hold that still reserves",
    HOLD + insert({ ...placed, details: `{"holdEnd": "released"}` }),
    "23514",
  ],
  [
    "a reversal of what did not burn",
    insert({ type: "reversed", delta: 1_000_000, end: 10_000_000, amounts: "{1000000}", about: 1 }),
    "CK006",
  ],
  [
    "a second reversal",
    insert(
      { type: "reversed", delta: 1_000_000, end: 10_000_000, amounts: "{1000000}", about: 2 },
      { type: "reversed", seq: 4, delta: 0, end: 10_000_000, keys: "{}", amounts: "{}", about: 2 },
    ),
    "23505",
  ],
  [
    "a revocation of more than there was",
    insert({
      type: "revoked",
      delta: -9_000_000,
      end: 0,
      amounts: "{-9000000}",
      about: 1,
      details: `{"revoked": "11000000"}`,
    }),
    "23514",
  ],
  [
    "a second beginning of a grant",
    insert({ type: "granted", delta: 0, end: 9_000_000, keys: "{}", amounts: "{}" }),
    "CK003",
  ],
  ["what remains of a grant", "update grant_balances set remaining = amount", NO_RIGHT],
  ["what is held of a grant", "update grant_balances set held = 0", NO_RIGHT],
  ["what was revoked of a grant", "update grant_balances set revoked = 0", NO_RIGHT],
  [
    "a grant's balance of one's own",
    "insert into grant_balances (customer_id, pool_no, key, amount) values ('cus_0', 1, 9, 5)",
    NO_RIGHT,
  ],
  ["the removal of a grant's balance", "delete from grant_balances", NO_RIGHT],
  ["a later expiry", "update grants set expires_at = null", NO_RIGHT],
  ["another priority", "update grants set priority = 0", NO_RIGHT],
  ["another end of a hold", "update holds set ended = null", NO_RIGHT],
  ["what a hold reserves", "update holds set part_amounts = '{}', part_keys = '{}'", NO_RIGHT],
  [
    "a hold that was captured from the start",
    "insert into holds (customer_id, pool_no, key, hold_id, amount, captured, expires_at, actor_kind, actor_id) values ('cus_0', 1, 3, 'h', 1, 1, now(), 'k', 'k')",
    NO_RIGHT,
  ],
  ["the removal of a hold", "delete from holds", NO_RIGHT],
  [
    "an entry on conflict",
    `${insert({ seq: 2 })} on conflict (customer_id, pool_no, seq) do update set delta = 0`,
    NO_RIGHT,
  ],
  ["a table of one's own", "create table mine (id int)", NO_RIGHT],
  ["the removal of the ledger", "drop table ledger", NO_RIGHT],
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
