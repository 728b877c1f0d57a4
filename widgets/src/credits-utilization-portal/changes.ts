import type { WidgetClient } from "@credits-kit/client/widget";
import { sessionError } from "../session/failure.ts";
import type { HubController } from "../session/hub-controller.ts";

/** Sends what a person changes, one thing at a time: for the customer that they saw, or for nobody. */
export class Changes {
  isBusy = false;
  readonly #hub: HubController;
  readonly #changed: () => void;
  /** Grows with each customer that is shown, however the next one came to be. */
  #epoch = 0;

  constructor(hub: HubController, changed: () => void) {
    this.#hub = hub;
    this.#changed = changed;
  }

  /** The credits are somebody else's: what is under way is none of theirs. */
  forget(): void {
    this.#epoch += 1;
    this.isBusy = false;
  }

  /** Tells, whenever it is asked, whether the customer is still the one of now. */
  watch(): () => boolean {
    const { hub } = this.#hub;
    const epoch = this.#epoch;
    const held = () => hub?.tokens.held?.customerId;
    const customerId = held();
    return () => epoch === this.#epoch && held() === customerId;
  }

  /**
   * Calls the API. Nothing is sent where the session turns out to be another customer's.
   * @returns the answer; nothing where it is not of the customer that is shown by then, or there is something under way
   * @throws whatever the call fails with, if it is still that customer's
   */
  async send<Answer>(act: (client: WidgetClient) => Promise<Answer>): Promise<Answer | undefined> {
    const { hub } = this.#hub;
    if (!hub || this.isBusy) return undefined;
    const epoch = this.#epoch;
    const isSame = this.watch();
    this.isBusy = true;
    this.#changed();
    try {
      // Who only looks needs none of this.
      const { createWidgetClient } = await import("@credits-kit/client/widget");
      const answer = await hub.api.call((options) => {
        // An expired session was renewed for this call, perhaps as another customer's.
        if (!isSame()) throw sessionError("customer_mismatch");
        return act(createWidgetClient(options));
      });
      return isSame() ? answer : undefined;
    } catch (error) {
      if (isSame()) throw error;
      return undefined;
    } finally {
      if (epoch === this.#epoch) this.isBusy = false;
      this.#changed();
    }
  }
}
