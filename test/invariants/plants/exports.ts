import { sql } from "kysely";
import { grant, type Plant } from "./plant.ts";

const carriesOn = (customerId: string, key: number, source: string) => sql`
  update grants set source_kind = 'rollover', source_id = ${`${customerId}-${source}`} where ${grant(customerId, key)}`;

/** What would make exports of it wrong: value that is counted twice, places from which the next one cannot go on. */
export const exported: readonly Plant[] = [
  {
    what: "a rollover of a grant that is not there",
    invariant: "I-28",
    seq: 13,
    corrupt: (id) => carriesOn(id, 13, "nobody"),
  },
  {
    what: "a rollover of a grant that did not expire",
    invariant: "I-28",
    seq: 13,
    corrupt: (id) => carriesOn(id, 13, "1"),
  },
  {
    what: "a rollover of more than expired",
    invariant: "I-28",
    seq: 13,
    corrupt: (id) => carriesOn(id, 13, "8"),
  },
  {
    what: "a rollover at another price",
    life: "full",
    invariant: "I-28",
    seq: 24,
    corrupt: (id) => sql`
      with carried as (
        update grants set source_kind = 'rollover', source_id = ${`${id}-2`} where ${grant(id, 24)} returning customer_id
      )
      update grants set cost_basis_amount = '2', cost_basis_currency = 'usd' where ${grant(id, 2)}
        and customer_id = (select customer_id from carried)`,
  },
  {
    what: "an export that ended behind the end of its pool",
    invariant: "I-28",
    seq: null,
    alone: true,
    corrupt: (id) => sql`insert into export_marks values (${id}, 1, 1, 14)`,
  },
  {
    what: "an export that ended before an earlier one",
    invariant: "I-28",
    seq: null,
    alone: true,
    corrupt: (id) => sql`insert into export_marks values (${id}, 1, 1, 5), (${id}, 1, 2, 4)`,
  },
];
