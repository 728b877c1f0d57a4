import type { WidgetBalance } from "@credits-kit/client/widget";
import { poolKey } from "../session/pool-store.ts";
import { micros } from "../ui/decimal.ts";
import { Announcer } from "./announcer.ts";
import { levelOf } from "./balance-state.ts";
import { type BalanceView, unitFor, warningOf } from "./balance-view.ts";
import { roll } from "./roll.ts";

/** Tells the eye and the ear what became of the pools since they were shown last. */
export class Live {
  readonly #root: HTMLElement | DocumentFragment;
  readonly #announcer: Announcer;
  #told: readonly WidgetBalance[] | undefined;

  /** @param told the pools as they stood when it was asked for */
  constructor(root: HTMLElement | DocumentFragment, told: readonly WidgetBalance[]) {
    this.#root = root;
    this.#told = told;
    this.#announcer = new Announcer((text) => root.querySelector("[role=status]")?.replaceChildren(text));
  }

  /** The pools as they are drawn now; nothing while none are. */
  follow(pools: readonly WidgetBalance[] | undefined, view: BalanceView): void {
    const told = this.#told;
    this.#told = pools;
    if (!told || !pools || told === pools) return;
    pools.forEach((pool, index) => {
      const last = told.find((other) => poolKey(other) === poolKey(pool));
      if (last) this.#compare(last, pool, { index, view });
    });
  }

  stop(): void {
    this.#announcer.stop();
  }

  #compare(last: WidgetBalance, pool: WidgetBalance, { index, view }: { index: number; view: BalanceView }) {
    const figure = this.#root.querySelectorAll(".figure > span")[index];
    if (figure && last.available !== pool.available)
      roll(figure, micros(pool.available) < micros(last.available));
    if (levelOf(last) === levelOf(pool)) return;
    const { texts, formats } = view;
    const recovered = `${formats.amount(pool.available)} ${texts.available(unitFor(pool.available, pool))}`;
    this.#announcer.announce(poolKey(pool), `${pool.name}: ${warningOf(pool, view) ?? recovered}`);
  }
}
