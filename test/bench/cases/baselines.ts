import type { BenchCase } from "../context.ts";
import { runNaive } from "../naive.ts";
import { ratioFigures, round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median } from "../statistics.ts";
import { runTpcb } from "../tpcb.ts";

const callers = 8;

/** The two baselines beside each other: what the machine can do, and what the loop everybody writes makes of it. */
export const baselines: BenchCase = {
  name: "baselines",
  async run(context) {
    const { postgres, seconds } = context;
    const url = await postgres.createDatabase();
    const samples = await measureRounds(context, {
      tpcb: async () => (await runTpcb({ postgres, clients: callers, seconds }))?.tps ?? null,
      naiveSpread: () => runNaive({ url, callers, seconds, hot: false }),
      naiveHot: () => runNaive({ url, callers, seconds, hot: true }),
    });
    const naiveSpread = measured(samples("naiveSpread"));
    const naiveHot = measured(samples("naiveHot"));
    const tpcb = samples("tpcb").filter((sample) => sample !== null);
    return {
      tpcbPerSecond: tpcb.length > 0 ? round(median(tpcb)) : null,
      naiveSpreadPerSecond: round(median(naiveSpread)),
      naiveHotPerSecond: round(median(naiveHot)),
      ...ratioFigures({
        naiveSpreadToTpcb: compare(naiveSpread, samples("tpcb")),
        naiveHotToTpcb: compare(naiveHot, samples("tpcb")),
      }),
    };
  },
};
