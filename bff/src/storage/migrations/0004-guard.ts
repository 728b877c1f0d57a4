import { type Kysely, sql } from "kysely";

/**
 * The guard: one statement-level trigger over the new entries. It refuses what does not continue the ledger, moves the
 * pools by compare-and-set and applies the draws to the grants, so that nobody else needs the right to do so. It runs
 * as the owner. Errors: CK001 a broken chain, CK002 a pool that moved meanwhile, CK003 an unknown grant.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function guard_ledger() returns trigger
    language plpgsql security definer set search_path = public, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off as $$
    declare
      expected bigint;
      moved bigint;
    begin
      if exists (
        select 1 from (
          select n.seq, n.delta, n.end_balance,
            lag(n.seq) over w as before_seq, lag(n.end_balance) over w as before_balance
          from new_entries n window w as (partition by n.customer_id, n.pool_no order by n.seq)
        ) step
        where before_seq is not null and (seq <> before_seq + 1 or end_balance <> before_balance + delta)
      ) then
        raise exception 'ledger entries do not follow one another' using errcode = 'CK001';
      end if;

      with last as (
        select n.customer_id, n.pool_no, max(n.seq) as seq, count(*) as entries, sum(n.delta) as delta,
          sum(n.overage_change) as overage_change, (array_agg(n.end_balance order by n.seq desc))[1] as end_balance
        from new_entries n group by n.customer_id, n.pool_no
      ), advanced as (
        update pools p set seq = last.seq, balance = last.end_balance, overage = p.overage + last.overage_change
        from last
        where p.customer_id = last.customer_id and p.pool_no = last.pool_no
          and p.seq = last.seq - last.entries and p.balance = last.end_balance - last.delta
        returning 1
      )
      select (select count(*) from last), (select count(*) from advanced) into expected, moved;
      if moved <> expected then
        raise exception 'a pool is not where the entries begin' using errcode = 'CK002';
      end if;

      with draw as (
        select n.customer_id, n.pool_no, d.key, sum(d.amount)::bigint as amount,
          bool_or(n.type in ('granted', 'activated')) as activates,
          coalesce(sum(-d.amount) filter (where n.type = 'expired'), 0)::bigint as expires
        from new_entries n cross join lateral unnest(n.draw_keys, n.draw_amounts) as d (key, amount)
        group by n.customer_id, n.pool_no, d.key
      ), drawn as (
        update grants g set
          remaining = g.remaining + draw.amount,
          activated = g.activated or draw.activates,
          expired = g.expired + draw.expires,
          open = g.remaining + draw.amount > 0
        from draw
        where g.customer_id = draw.customer_id and g.pool_no = draw.pool_no and g.key = draw.key
        returning 1
      )
      select (select count(*) from draw), (select count(*) from drawn) into expected, moved;
      if moved <> expected then
        raise exception 'an entry draws on a grant that is not there' using errcode = 'CK003';
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger ledger_guard after insert on ledger
    referencing new table as new_entries for each statement execute function guard_ledger()`.execute(db);
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'the ledger is append-only' using errcode = 'CK004'; end $$`.execute(db);
  await sql`
    create trigger ledger_append_only before update or delete or truncate on ledger
    for each statement execute function refuse_change()`.execute(db);
  await sql`alter table ledger enable always trigger ledger_append_only`.execute(db);
  await sql`alter table ledger enable always trigger ledger_guard`.execute(db);
}
