import type { PoolCommand } from "../../../bff/src/pools/command.ts";
import { capture, consume, event, hold } from "../../../bff/src/pools/test-support/commands.ts";
import { runCallers } from "../callers.ts";
import type { BenchCase } from "../context.ts";
import { anyCustomer, prepareIngest } from "../ingest-load.ts";
import { ratioFigures, round } from "../report.ts";
import { type Contender, measured, measureRounds } from "../rounds.ts";
import { compare, type Comparison, median } from "../statistics.ts";
import { runTpcb } from "../tpcb.ts";
import { applyAll, openWritePath } from "../write-path.ts";

const CALLERS = 64;
const ONE_IMAGE = { kind: "feature", featureId: "image", quantity: 1_000_000n } as const;

/** What a caller sends, each command once the one before it is answered. What is held and captured counts once. */
interface Spending {
  readonly kind: string;
  commands(customerId: string, id: string): PoolCommand[];
}

const singleEvent: Spending = { kind: "event", commands: (customerId, id) => [event(customerId, id)] };
const spendings: Spending[] = [
  {
    kind: "consume",
    commands: (customerId, id) => [consume(customerId, id, { credits: 1n, limit: "hard" })],
  },
  {
    kind: "consumeFeature",
    commands: (customerId, id) => [consume(customerId, id, { asked: ONE_IMAGE, limit: "hard" })],
  },
  {
    kind: "holdAndCapture",
    commands: (customerId, id) => [hold(customerId, id, 1n), capture(customerId, id)],
  },
];
const spreads = ["Spread", "Hot"] as const;

/** Spending through the write path in this process, a command a call, beside TPC-B and single events. */
export const spending: BenchCase = {
  name: "spending",
  async run(context) {
    const { postgres, seconds } = context;
    const url = await postgres.createDatabase();
    await prepareIngest(url);
    const { pools, close } = await openWritePath(url);
    let lastId = 0;
    const spend = ({ commands }: Spending, hot: boolean) =>
      runCallers({ callers: CALLERS, seconds }, async () => {
        for (const command of commands(anyCustomer(hot), `s${(lastId += 1)}`)) {
          await applyAll(pools, [command]);
        }
        return 1;
      });
    const contenders = new Map<string, Contender>();
    for (const each of [singleEvent, ...spendings]) {
      for (const spread of spreads) contenders.set(each.kind + spread, () => spend(each, spread === "Hot"));
    }
    for (const warmUp of contenders.values()) await warmUp();

    const samples = await measureRounds<string>(context, {
      tpcb: async () => (await runTpcb({ postgres, clients: 8, seconds }))?.tps ?? null,
      ...Object.fromEntries(contenders),
    });
    await close();

    const names = [...contenders.keys()];
    const of = (name: string) => measured(samples(name));
    const tpcb = samples("tpcb").filter((sample) => sample !== null);
    const toEvent = spreads.flatMap((spread) =>
      spendings.map(({ kind }): [string, Comparison] => [
        `${kind}${spread}ToEvent`,
        compare(of(kind + spread), of(`${singleEvent.kind}${spread}`)),
      ]),
    );
    return {
      tpcbPerSecond: tpcb.length > 0 ? round(median(tpcb)) : null,
      ...Object.fromEntries(names.map((name) => [`${name}PerSecond`, round(median(of(name)))])),
      ...ratioFigures({
        ...Object.fromEntries(names.map((name) => [`${name}ToTpcb`, compare(of(name), samples("tpcb"))])),
        ...Object.fromEntries(toEvent),
      }),
    };
  },
};
