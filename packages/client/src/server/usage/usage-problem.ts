import type { EventResult, UsageEventInput } from "@credits-kit/contract";
import type { CreditsApiError } from "../api-error.ts";

/** What can go wrong with usage that was reported through the buffer. */
export type UsageProblem =
  /** The server rejected the event, for the reason in `result.error`. It may be reported again once that is gone. */
  | { kind: "rejected"; event: UsageEventInput; result: EventResult }
  /**
   * The event was given up: the server refuses to read it, or the process ended first. In the latter case it may
   * have arrived; reporting it again under its id counts it once.
   */
  | { kind: "undelivered"; event: UsageEventInput; error: CreditsApiError }
  /** A call failed. Nothing is lost: its events stay among the `queued` ones and are sent again. */
  | { kind: "delayed"; queued: number; error: CreditsApiError };

/** Is told of every problem with buffered usage. */
export type OnUsageError = (problem: UsageProblem) => void;

/** Tells a problem on standard error, as a warning of the process. What a host gets that does not listen. */
export const warnOfUsageProblem: OnUsageError = (problem) =>
  process.emitWarning(sentenceOf(problem), { type: "CreditsUsageWarning", code: `usage_${problem.kind}` });

function sentenceOf(problem: UsageProblem): string {
  switch (problem.kind) {
    case "rejected": {
      const { error } = problem.result;
      return `Usage event ${problem.event.id} was rejected: ${error?.code} (${error?.path} ${error?.message}).`;
    }
    case "undelivered":
      return `Usage event ${problem.event.id} was not delivered: ${problem.error.message}`;
    case "delayed":
      return `Usage is delayed, ${problem.queued} events wait: ${problem.error.message}`;
  }
}
