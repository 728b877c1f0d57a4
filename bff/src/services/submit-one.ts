import { formatCredits } from "@credits-kit/amounts";
import { ServiceError } from "../errors.ts";
import type { PoolCommand } from "../pools/command.ts";
import type { Outcome, Rejected } from "../pools/outcome.ts";
import type { Call, Deps, StoredAnswer } from "./call.ts";

/** A command that was carried out, now or before. */
export type CarriedOut = Extract<Outcome, { kind: "applied" | "duplicate" }>;

/**
 * Has one command carried out, and answers after its commit.
 * @throws ServiceError with the code of what it was rejected for
 */
export async function submitOne(deps: Pick<Deps, "pools">, command: PoolCommand): Promise<CarriedOut> {
  const [outcome] = await deps.pools.submit([command]);
  if (outcome?.kind === "rejected") throw rejection(outcome);
  if (outcome === undefined || outcome.kind === "settled") throw new Error("a command has an outcome");
  return outcome;
}

/** Has a command carried out whose answer is kept with it, and gives that answer. @throws ServiceError as above */
export async function submitForAnswer(
  deps: Pick<Deps, "pools">,
  command: PoolCommand,
): Promise<StoredAnswer> {
  const { answer, kind } = await submitOne(deps, command);
  if (answer === null) throw new Error(`a ${command.kind} command keeps its answer`);
  return { body: answer, replayed: kind === "duplicate" };
}

/** The command's id where its caller named none: the request's key, else one for this call alone. */
export function commandId({ idempotency, requestId }: Call): string {
  return idempotency ? `idem:${idempotency.route}:${idempotency.key}` : `call:${requestId}`;
}

function rejection({ code, path, message, required, available, pool }: Rejected): ServiceError {
  const price =
    required === undefined || available === undefined
      ? {}
      : { required: formatCredits(required), available: formatCredits(available) };
  const state = pool === undefined ? {} : { balance: formatCredits(pool.balance), seq: pool.seq };
  return new ServiceError(code, path === "" ? `Not done: ${message}.` : `${path}: ${message}.`, {
    errors: path === "" ? [] : [{ path, code, message }],
    details: { ...price, ...state },
    ...(code === "overloaded" ? { retryAfterSeconds: 1 } : {}),
  });
}
