import type { BenchCase } from "../context.ts";
import { baselines } from "./baselines.ts";
import { http } from "./http.ts";
import { ingest } from "./ingest.ts";
import { live } from "./live.ts";
import { replicas } from "./replicas.ts";

/** Every case, in the order in which a run without a name takes them. */
export const cases: BenchCase[] = [baselines, ingest, replicas, http, live];
