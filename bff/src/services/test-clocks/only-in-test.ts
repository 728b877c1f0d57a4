import { ServiceError } from "../../errors.ts";
import type { Deps } from "../call.ts";

/** Lets test clocks exist in test deployments alone. @throws ServiceError `forbidden` */
export function onlyInTest({ mode }: Pick<Deps, "mode">): void {
  if (mode === "test") return;
  throw new ServiceError("forbidden", "Test clocks exist only in a test deployment, and this one is live.");
}
