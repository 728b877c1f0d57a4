import type { Check } from "@credits-kit/contract";
import { CreditsApiError } from "./api-error.ts";
import type { customerCalls } from "./calls/customers.ts";
import type { BodyOf, CallOptions, Spends } from "./wire-types.ts";

export interface CheckOptions extends CallOptions {
  /** What to do when the server cannot be asked: let the customer go on, refuse, or throw (the default). */
  onUnavailable?: "allow" | "deny" | "throw";
}

/** The server's own answer. */
export type RealCheck = Check & { isFallback: false };

/** What was decided without the server. It says nothing about the customer's credits. */
export interface FallbackCheck {
  allowed: boolean;
  isFallback: true;
  reason: "unavailable";
  required: null;
  available: null;
  limitMode: null;
  creditTypeId: null;
  resourceId: null;
  /** Why the server could not be asked. */
  error: CreditsApiError;
}

type AskCheck = ReturnType<typeof customerCalls>["customers"]["check"];

/** A check that may decide without the server. See `ServerClient.check`. */
export function createCheck(ask: AskCheck) {
  return async (
    customerId: string,
    input: Spends<BodyOf<"checkCustomer">>,
    { onUnavailable = "throw", ...options }: CheckOptions = {},
  ): Promise<RealCheck | FallbackCheck> => {
    try {
      return { ...(await ask(customerId, input, options)), isFallback: false };
    } catch (error) {
      if (onUnavailable === "throw" || !isUnavailable(error)) throw error;
      return {
        allowed: onUnavailable === "allow",
        isFallback: true,
        reason: "unavailable",
        required: null,
        available: null,
        limitMode: null,
        creditTypeId: null,
        resourceId: null,
        error,
      };
    }
  };
}

/** No answer came, or the server says that it cannot give one. A refusal is an answer, and so is a wrong address. */
function isUnavailable(error: unknown): error is CreditsApiError {
  if (!(error instanceof CreditsApiError)) return false;
  return error.code === "network_failed" || error.code === "timed_out" || error.status >= 500;
}
