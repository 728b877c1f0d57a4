import { ServiceError } from "../../errors.ts";
import { ping } from "../../storage/ping.ts";
import type { Deps } from "../call.ts";

const PATIENCE_MS = 2000;

/** Whether requests should be sent here. @throws ServiceError `overloaded` while stopping or without a database */
export async function checkReadiness(deps: Deps): Promise<{ status: "ok" }> {
  if (deps.isStopping()) throw notReady("The process is stopping.");
  const answered = await Promise.race([ping(deps.database), late()]).catch(() => false);
  if (!answered) throw notReady("The database does not answer.");
  return { status: "ok" };
}

function late(): Promise<false> {
  const { promise, resolve } = Promise.withResolvers<false>();
  AbortSignal.timeout(PATIENCE_MS).addEventListener("abort", () => resolve(false), { once: true });
  return promise;
}

function notReady(message: string): ServiceError {
  return new ServiceError("overloaded", message, { retryAfterSeconds: 2 });
}
