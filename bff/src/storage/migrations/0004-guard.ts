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
      broken bigint;
      moved bigint;
    begin
      with step as (
        select n.customer_id, n.pool_no, n.seq, n.delta, n.end_balance, n.overage_change,
          lag(n.seq) over pool as before_seq, lag(n.end_balance) over pool as before_balance
        from new_entries n window pool as (partition by n.customer_id, n.pool_no order by n.seq)
      ), chain as (
        select customer_id, pool_no, min(seq) - 1 as from_seq, max(seq) as seq,
          min(end_balance - delta) filter (where before_seq is null) as from_balance,
          sum(delta)::bigint as delta, sum(overage_change)::bigint as overage_change,
          bool_and(before_seq is null or (seq = before_seq + 1 and end_balance = before_balance + delta)) as unbroken
        from step group by customer_id, pool_no
      ), advanced as (
        update pools p set seq = chain.seq, balance = p.balance + chain.delta, overage = p.overage + chain.overage_change
        from chain
        where p.customer_id = chain.customer_id and p.pool_no = chain.pool_no
          and p.seq = chain.from_seq and p.balance = chain.from_balance
        returning 1
      )
      select (select count(*) from chain), (select count(*) from chain where not unbroken), (select count(*) from advanced)
      into expected, broken, moved;
      if broken > 0 then
        raise exception 'ledger entries do not follow one another' using errcode = 'CK001';
      end if;
      if moved <> expected then
        raise exception 'a pool is not where the entries begin' using errcode = 'CK002';
      end if;

      with single as (
        select customer_id, pool_no, type, unnest(draw_keys) as key, unnest(draw_amounts) as amount from new_entries
      ), draw as (
        select customer_id, pool_no, key, sum(amount)::bigint as amount,
          bool_or(type in ('granted', 'activated')) as activates,
          coalesce(sum(-amount) filter (where type = 'expired'), 0)::bigint as expires
        from single group by customer_id, pool_no, key
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
