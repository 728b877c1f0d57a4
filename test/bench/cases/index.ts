import type { BenchCase } from "../context.ts";
import { audit } from "./audit.ts";
import { baselines } from "./baselines.ts";
import { due } from "./due.ts";
import { exporting } from "./export.ts";
import { history } from "./history.ts";
import { http } from "./http.ts";
import { ingest } from "./ingest.ts";
import { layers } from "./layers.ts";
import { live } from "./live.ts";
import { mounting } from "./mounting.ts";
import { reads } from "./reads.ts";
import { rendering } from "./rendering.ts";
import { replicas } from "./replicas.ts";
import { series } from "./series.ts";
import { spending } from "./spending.ts";
import { webhook } from "./webhook.ts";

/** Every case, in the order in which a run without a name takes them. */
export const cases: BenchCase[] = [
  baselines,
  ingest,
  spending,
  history,
  layers,
  replicas,
  http,
  reads,
  series,
  live,
  due,
  audit,
  exporting,
  webhook,
  rendering,
  mounting,
];
