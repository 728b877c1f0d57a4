import type { HoldAnswer } from "@credits-kit/contract";
import { CreditsApiError } from "./api-error.ts";
import type { usageCalls } from "./calls/usage.ts";
import type { BodyOf, CallOptions, Spends } from "./wire-types.ts";

/** What a hold is placed for. An id is made where none is given. */
export type WithHoldInput = Spends<Omit<BodyOf<"placeHold">, "id">> & { id?: string };

/** How much of a hold was used: credits, or units of its feature. */
export type UsedInput =
  | { amount: string | number; quantity?: never; dimensions?: never }
  | { quantity: string | number; dimensions?: BodyOf<"captureHold">["dimensions"]; amount?: never };

/** An open hold, in the hands of the function that does the costly work. */
export interface OpenHold {
  readonly hold: HoldAnswer;
  /** Says how much was used; the latest call counts. Never called: all that the hold set aside. */
  setUsed(used: UsedInput): void;
  /** Lets the hold live so many seconds from now, for work that takes longer than it was placed for. */
  extend(expiresInSeconds: number): Promise<HoldAnswer>;
}

type Holds = ReturnType<typeof usageCalls>["holds"];

/** Places a hold, runs, captures what was used, or releases. See `ServerClient.withHold`. */
export function createWithHold(holds: Holds) {
  return async <Result>(
    { id = crypto.randomUUID(), ...input }: WithHoldInput,
    run: (open: OpenHold) => Promise<Result> | Result,
    options?: CallOptions,
  ): Promise<{ result: Result; hold: HoldAnswer }> => {
    const named = { customerId: input.customerId, id };
    const hold = await holds.place({ ...input, id }, options);
    assertOpen(hold);
    let used: UsedInput | undefined;
    let result: Result;
    try {
      result = await run({
        hold,
        setUsed: (amountOrQuantity) => {
          used = amountOrQuantity;
        },
        extend: (expiresInSeconds) => holds.extend({ ...named, expiresInSeconds }),
      });
    } catch (error) {
      // The host's error matters more than one of the release: a hold that stays expires by itself.
      await holds.release(named).catch(() => undefined);
      throw error;
    }
    const closed = isNothing(used) ? await holds.release(named) : await holds.capture({ ...named, ...used });
    return { result, hold: closed };
  };
}

/** Under an id of the host's the hold may be an old one, whose work was done or given up. */
function assertOpen({ id, status }: HoldAnswer): void {
  if (status === "open") return;
  const detail = `The hold ${id} is ${status} already; nothing was run.`;
  throw new CreditsApiError({ code: "hold_closed", status: 409, detail });
}

function isNothing(used: UsedInput | undefined): boolean {
  return used !== undefined && Number(used.amount ?? used.quantity) === 0;
}
