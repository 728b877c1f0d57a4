import type { Stretch } from "../../storage/pools/exports/windows.ts";

/** What an exporter is told. */
export interface ExportRequest {
  readonly stretch: Stretch;
  /** In milliseconds since 1970; `to` is not included. What they mean is the exporter's to say. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}
