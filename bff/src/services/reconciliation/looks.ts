import { GatewayError } from "../../payments/gateway.ts";
import { repairFindings } from "../../storage/payments/findings.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { type Report, reportFinding } from "./report.ts";

/** After so many looks in a row that Stripe did not answer, it is Stripe, and not what is looked at. */
const MOST_SILENCES = 3;

/** What to say of something that could not be looked at. */
export type Fault = Omit<Report, "detail"> & { readonly what: string };

/** The looks of one comparison. What goes wrong with one is listed, or left to the next comparison; the others go on. */
export class Looks {
  readonly #deps: TopUpDeps;
  /** Stripe failed at these, which says something of them only if it answers others. */
  #failed: Report[] = [];
  #silences = 0;
  #missed: GatewayError | null = null;

  constructor(deps: TopUpDeps) {
    this.#deps = deps;
  }

  /** Why something was not looked at that the next comparison has to look at; null if there is no such thing. */
  get missed(): GatewayError | null {
    return this.#missed;
  }

  /**
   * Looks at one thing. @returns null if that could not be done
   * @throws GatewayError when Stripe does not answer at all
   */
  async look<Result>(fault: Fault, work: () => Promise<Result>): Promise<Result | null> {
    let result: Result;
    try {
      result = await work();
    } catch (error) {
      await this.#note(error, fault);
      return null;
    }
    await this.#answered();
    await repairFindings(this.#deps.database.writer, { findingId: `${fault.kind}:${fault.about}` });
    return result;
  }

  /** Reads a list of Stripe's. What its key may not read is listed. @returns whether all was read @throws GatewayError */
  async readAll(name: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#missed ??= error;
      if (isPassing(error)) {
        this.#countSilence(error);
        return false;
      }
      const detail = `The ${name} could not be read: ${error.message} Credits of money that came or went back may be wrong.`;
      await reportFinding(this.#deps, { kind: "stripe_unread", about: name, detail });
      return false;
    }
    await this.#answered();
    await repairFindings(this.#deps.database.writer, { findingId: `stripe_unread:${name}` });
    return true;
  }

  async #note(error: unknown, { what, ...fault }: Fault): Promise<void> {
    const why = error instanceof Error ? error.message : "failed";
    const report = { ...fault, detail: `${what} could not be looked at: ${why}` };
    if (!(error instanceof GatewayError) || !isPassing(error)) return reportFinding(this.#deps, report);
    if (error.code === "stripe_failed") this.#failed.push(report);
    else this.#missed ??= error;
    this.#countSilence(error);
  }

  #countSilence(error: GatewayError): void {
    this.#silences += 1;
    if (this.#silences >= MOST_SILENCES) throw error;
  }

  /** Stripe is there: what it failed at before has a fault of its own, which stays with its idempotency key. */
  async #answered(): Promise<void> {
    this.#silences = 0;
    const failed = this.#failed;
    this.#failed = [];
    for (const report of failed) await reportFinding(this.#deps, report);
  }
}

/** Whether asking again later may be answered. */
export function isPassing({ kind }: GatewayError): boolean {
  return kind === "busy" || kind === "unknown";
}
