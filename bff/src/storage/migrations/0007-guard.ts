import { type Kysely, sql } from "kysely";

/** Entries about a hold. */
const ABOUT_HOLD = `n.about_seq is not null and (n.type in ('hold_placed', 'hold_released', 'consumed')
  or n.type = 'updated' and n.details ? 'holdExpiresAt')`;

/** A burn that is about nothing but its draws: what most groups consist of. */
const BURNS = `n.type = 'consumed' and n.about_seq is null`;

/** A broken chain is refused, and pools are moved by compare-and-set. */
const CHAIN = `
  with step as (
    select n.customer_id, n.pool_no, n.seq, n.delta, n.end_balance, n.overage_change,
      ${BURNS} as burns, n.type = 'granted' as grants,
      ${ABOUT_HOLD} as holds,
      lag(n.seq) over pool as before_seq, lag(n.end_balance) over pool as before_balance
    from new_entries n window pool as (partition by n.customer_id, n.pool_no order by n.seq)
  ), chain as (
    select customer_id, pool_no, min(seq) - 1 as from_seq, max(seq) as seq,
      min(end_balance - delta) filter (where before_seq is null) as from_balance,
      sum(delta)::bigint as delta, sum(overage_change)::bigint as overage_change, bool_and(burns) as burns,
      bool_or(grants) as grants, bool_or(holds) as holds,
      bool_and(before_seq is null or (seq = before_seq + 1 and end_balance = before_balance + delta)) as unbroken
    from step group by customer_id, pool_no
  ), advanced as (
    update pools p set seq = chain.seq, balance = p.balance + chain.delta, overage = p.overage + chain.overage_change
    from chain
    where p.customer_id = chain.customer_id and p.pool_no = chain.pool_no
      and p.seq = chain.from_seq and p.balance = chain.from_balance
    returning 1
  )
  select (select count(*) from chain), (select count(*) from chain where not unbroken),
    (select count(*) from advanced), (select bool_and(burns) from chain), (select bool_or(grants) from chain),
    (select bool_or(holds) from chain)
  into expected, broken, moved, only_burns, has_grants, has_holds;
  if broken > 0 then
    raise exception 'ledger entries do not follow one another' using errcode = 'CK001';
  end if;
  if moved <> expected then
    raise exception 'a pool is not where the entries begin' using errcode = 'CK002';
  end if;`;

/** Burns only move what remains of grants. */
const ONLY_BURNS = `
  with single as (
    select customer_id, pool_no, unnest(draw_keys) as key, unnest(draw_amounts) as amount from new_entries
  ), draw as (
    select customer_id, pool_no, key, sum(amount)::bigint as amount from single group by customer_id, pool_no, key
  ), drawn as (
    update grant_balances g set remaining = g.remaining + draw.amount,
      open = g.remaining + draw.amount + g.frozen > 0
    from draw
    where g.customer_id = draw.customer_id and g.pool_no = draw.pool_no and g.key = draw.key and g.activated
    returning 1
  )
  select (select count(*) from draw), (select count(*) from drawn) into expected, moved;
  if moved <> expected then
    raise exception 'an entry draws on a grant that is not there' using errcode = 'CK003';
  end if;`;

/** A grant begins with the entry of its own number, empty. */
const NEW_GRANTS = `
  insert into grant_balances (customer_id, pool_no, key, amount, is_payment_pending)
  select g.customer_id, g.pool_no, g.key, g.amount, coalesce((n.details ->> 'isPaymentPending')::boolean, false)
  from new_entries n
  cross join lateral (
    select * from grants g where g.customer_id = n.customer_id and g.pool_no = n.pool_no and g.key = n.seq limit 1
  ) g
  where n.type = 'granted';
  get diagnostics moved = row_count;
  if moved <> (select count(*) from new_entries n where n.type = 'granted') then
    raise exception 'an entry grants what is not there' using errcode = 'CK003';
  end if;`;

/** Draws of all kinds, and what \`details\` say of a grant: the last word on a term counts, amounts add up. */
const CHANGES = `
  with single as (
    select n.customer_id, n.pool_no, n.seq, n.type, null::jsonb as details, draw.key, draw.amount, draw.held
    from new_entries n
    cross join lateral unnest(n.draw_keys, n.draw_amounts, n.draw_held) as draw (key, amount, held)
    union all
    select n.customer_id, n.pool_no, n.seq, n.type, n.details, n.about_seq, 0, 0
    from new_entries n
    where n.about_seq is not null and (n.type in ('revoked', 'frozen', 'unfrozen', 'activated')
      or n.type = 'updated' and not n.details ? 'holdExpiresAt')
  ), change as (
    select customer_id, pool_no, key, sum(amount)::bigint as amount, coalesce(sum(held), 0)::bigint as held,
      coalesce(sum(-amount) filter (where type in ('frozen', 'unfrozen')), 0)::bigint as frozen,
      coalesce(sum(-amount) filter (where type = 'expired'), 0)::bigint as expired,
      coalesce(sum(-amount) filter (where type = 'overage_repaid'), 0)::bigint as repaid,
      coalesce(sum((details ->> 'revoked')::bigint), 0)::bigint as revoked,
      bool_or(type in ('granted', 'activated') and amount > 0) as activates,
      (array_agg((details ->> 'isFrozen')::boolean order by seq desc) filter (where details ? 'isFrozen'))[1]
        as is_frozen,
      bool_or(details ? 'isRevoked') is true as is_revoked,
      bool_or(details ? 'isPaymentPending') is true as is_paid,
      (array_agg((details ->> 'priority')::int order by seq desc) filter (where details ? 'priority'))[1]
        as priority,
      (array_agg((details ->> 'effectiveAt')::bigint order by seq desc) filter (where details ? 'effectiveAt'))[1]
        as effective_at,
      bool_or(details ? 'expiresAt') is true as has_expiry,
      (array_agg((details ->> 'expiresAt')::bigint order by seq desc) filter (where details ? 'expiresAt'))[1]
        as expires_at
    from single group by customer_id, pool_no, key
  ), termed as (
    update grants g set priority = coalesce(c.priority, g.priority),
      effective_at = coalesce(timestamptz 'epoch' + c.effective_at * interval '1 millisecond', g.effective_at),
      expires_at = case when c.has_expiry then timestamptz 'epoch' + c.expires_at * interval '1 millisecond'
        else g.expires_at end
    from change c
    where (c.priority is not null or c.effective_at is not null or c.has_expiry)
      and g.customer_id = c.customer_id and g.pool_no = c.pool_no and g.key = c.key
  ), drawn as (
    update grant_balances g set
      remaining = g.remaining + c.amount,
      held = g.held + c.held,
      frozen = g.frozen + c.frozen,
      expired = g.expired + c.expired,
      repaid = g.repaid + c.repaid,
      revoked = g.revoked + c.revoked,
      activated = g.activated or c.activates,
      is_frozen = coalesce(c.is_frozen, g.is_frozen),
      is_revoked = g.is_revoked or c.is_revoked,
      is_payment_pending = g.is_payment_pending and not c.is_paid,
      open = g.remaining + c.amount > 0 or g.frozen + c.frozen > 0
        or not (g.activated or c.activates or g.is_revoked or c.is_revoked)
    from change c
    where g.customer_id = c.customer_id and g.pool_no = c.pool_no and g.key = c.key
    returning 1
  )
  select (select count(*) from change), (select count(*) from drawn) into expected, moved;
  if moved <> expected then
    raise exception 'an entry draws on a grant that is not there' using errcode = 'CK003';
  end if;`;

/** What entries reserve, capture and free, and how holds end. */
const HOLDS = `
  with touched as (
    select n.customer_id, n.pool_no, n.about_seq as key,
      coalesce(sum(-n.delta) filter (where n.type = 'consumed'), 0)::bigint as captured,
      (array_agg(n.details ->> 'holdEnd' order by n.seq desc) filter (where n.details ? 'holdEnd'))[1] as ended,
      (array_agg(n.decided_at order by n.seq desc) filter (where n.details ? 'holdEnd'))[1] as closed_at,
      (array_agg((n.details ->> 'holdExpiresAt')::bigint order by n.seq desc)
        filter (where n.details ? 'holdExpiresAt'))[1] as expires_at
    from new_entries n where ${ABOUT_HOLD} group by 1, 2, 3
  ), part as (
    select customer_id, pool_no, hold_key, key, sum(amount)::bigint as amount from (
      select n.customer_id, n.pool_no, n.about_seq as hold_key, draw.key, draw.held as amount
      from new_entries n cross join lateral unnest(n.draw_keys, n.draw_held) as draw (key, held)
      where ${ABOUT_HOLD} and draw.held <> 0
      union all
      select h.customer_id, h.pool_no, h.key, was.key, was.amount
      from touched t
      cross join lateral (
        select * from holds h where h.customer_id = t.customer_id and h.pool_no = t.pool_no and h.key = t.key limit 1
      ) h
      cross join lateral unnest(h.part_keys, h.part_amounts) as was (key, amount)
    ) as single group by customer_id, pool_no, hold_key, key
  ), parts as (
    select t.customer_id, t.pool_no, t.key,
      coalesce(array_agg(p.key order by p.key) filter (where p.amount <> 0), '{}') as keys,
      coalesce(array_agg(p.amount order by p.key) filter (where p.amount <> 0), '{}') as amounts
    from touched t
    left join part p on p.customer_id = t.customer_id and p.pool_no = t.pool_no and p.hold_key = t.key
    group by t.customer_id, t.pool_no, t.key
  ), moved_holds as (
    update holds h set
      captured = h.captured + t.captured,
      part_keys = p.keys,
      part_amounts = p.amounts,
      ended = t.ended,
      closed_at = t.closed_at,
      expires_at = coalesce(timestamptz 'epoch' + t.expires_at * interval '1 millisecond', h.expires_at)
    from touched t
    join parts p on p.customer_id = t.customer_id and p.pool_no = t.pool_no and p.key = t.key
    where h.customer_id = t.customer_id and h.pool_no = t.pool_no and h.key = t.key and h.ended is null
    returning 1
  )
  select (select count(*) from touched), (select count(*) from moved_holds) into expected, moved;
  if moved <> expected then
    raise exception 'an entry is about a hold that is not open' using errcode = 'CK005';
  end if;`;

/** Only what burned can be taken back; that it is taken back once, an index holds. */
const REVERSALS = `
  if exists (
    select from new_entries n
    where n.type = 'reversed' and not exists (
      select from ledger l where l.customer_id = n.customer_id and l.pool_no = n.pool_no and l.seq = n.about_seq
        and l.seq < n.seq and l.type = 'consumed')
  ) then
    raise exception 'an entry takes back what did not burn' using errcode = 'CK006';
  end if;`;

/**
 * The guard over every kind of entry. Most groups only burn: for them it does what it did before. The others besides
 * bring grants into being, reserve, freeze, revoke and reverse; all of it is derived from the entries alone.
 * Errors: CK001 a broken chain, CK002 a pool that moved meanwhile, CK003 an unknown grant, CK005 a hold that is not open,
 * CK006 a reversal of nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create or replace function guard_ledger() returns trigger
language plpgsql security definer set search_path = public, pg_temp
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off as $$
declare
  expected bigint;
  broken bigint;
  moved bigint;
  only_burns boolean;
  has_grants boolean;
  has_holds boolean;
begin
  ${CHAIN}
  if only_burns then
    ${ONLY_BURNS}
    return null;
  end if;
  if has_grants then
    ${NEW_GRANTS}
  end if;
  ${REVERSALS}
  ${CHANGES}
  if has_holds then
    ${HOLDS}
  end if;
  return null;
end $$`,
    )
    .execute(db);
}
