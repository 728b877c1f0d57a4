import type { Command, EntryType, Grant } from "@credits-kit/engine";
import { type GrantRecord, toEngineGrant } from "../../storage/pools/grant-record.ts";
import { attributeGranted } from "../attribution.ts";
import type { GrantedCommand } from "../command.ts";
import type { GroupCustomer } from "../group-customer.ts";
import { recordAfter, viewGrant } from "../grant-view.ts";
import type { Outcome } from "../outcome.ts";
import { refused, rejected } from "../outcomes.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";
import { grantAfter } from "./grant-after.ts";

/** What each command writes itself, the entry that tells about it last. */
const OWN_ENTRIES: Record<GrantedCommand["kind"], readonly EntryType[]> = {
  update_grant: ["updated"],
  revoke_grant: ["unfrozen", "revoked"],
  confirm_payment: ["activated", "updated"],
  freeze_grant: ["frozen"],
  unfreeze_grant: ["unfrozen"],
};

/**
 * Changes, revokes, pays, freezes or unfreezes a grant that was given before. Null when it has to wait for the next
 * group, because this one changed the pool after the grant was read.
 */
export function decideGranted(deciding: Deciding, turn: Turn<GrantedCommand>): Outcome | null {
  const { command, customer, index } = turn;
  const found = deciding.facts.targets.grants.get(index);
  if (!found) return isGivenHere(deciding, turn) ? null : rejected("not_found", "id", "no such grant");
  const { record } = found;
  const working = customer.findPool(record);
  if (!working) throw new Error("the pool of a grant was not loaded");
  if (working.isWritten) return null;
  if (command.kind === "update_grant" && (command.ifSeq ?? found.poolSeq) !== found.poolSeq) {
    return rejected("state_conflict", "ifSeq", `the pool is at entry ${found.poolSeq}`);
  }

  const before = carriedBy(customer, record) ?? toEngineGrant(record);
  const decision = deciding.carryOut(working, engineCommand(command, before, working.pool.grants), {
    types: OWN_ENTRIES[command.kind],
    by: attributeGranted(command),
  });
  if (decision.refusal !== null) return refused(decision.refusal, working, "amount");
  const own = decision.entries
    .slice(decision.settled)
    .findLast(({ type }) => OWN_ENTRIES[command.kind].includes(type));
  const edited = editFacts(deciding, turn, record);
  const after = recordAfter(edited, decision, grantAfter(working, decision, { key: record.key, before }));
  const answer = JSON.stringify(viewGrant(after, customer.now));
  return deciding.applied(turn, positionOf(working, own), answer);
}

function isGivenHere({ state }: Deciding, { command }: Turn<GrantedCommand>): boolean {
  return state.grants.some((grant) => grant.grantId === command.grantId);
}

function carriedBy(customer: GroupCustomer, record: GrantRecord): Grant | undefined {
  return customer.findPool(record)?.pool.grants.find((grant) => grant.key === record.key);
}

function engineCommand(command: GrantedCommand, grant: Grant, carried: readonly Grant[]): Command {
  const about = { grantKey: grant.key, closed: carried.includes(grant) ? null : grant };
  switch (command.kind) {
    case "update_grant": {
      const { priority, effectiveAt, expiresAt } = command;
      return { kind: "update_grant", ...about, priority, effectiveAt, expiresAt };
    }
    case "revoke_grant":
      return { kind: "revoke", ...about, amount: command.amount };
    case "confirm_payment":
      return { kind: "confirm_payment", ...about };
    case "freeze_grant":
      return { kind: "freeze", ...about };
    case "unfreeze_grant":
      return { kind: "unfreeze", ...about };
  }
}

/** Notes what a command changes of a grant besides money, and gives the record with it. */
function editFacts(
  { state }: Deciding,
  { command, customer }: Turn<GrantedCommand>,
  record: GrantRecord,
): GrantRecord {
  const { customerId, poolNo, key } = record;
  const isUpdate = command.kind === "update_grant";
  const {
    reason = record.reason,
    externalReference = record.externalReference,
    metadata = record.metadata,
  } = isUpdate ? command : {};
  const edit = { reason, externalReference, metadata, updatedAt: customer.now };
  state.edits.push({ customerId, poolNo, key, ...edit });
  return { ...record, ...edit };
}
