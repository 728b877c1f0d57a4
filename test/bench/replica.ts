import { type Load, openIngest } from "./ingest-load.ts";

/*
 * A replica of the write path in a process of its own, on the database of its first argument. It says so when it is
 * ready; each load that it is sent, it runs, and answers with the events a second.
 */
const ingest = await openIngest(process.argv[2] ?? "");
process.on("message", (load: Load) => {
  void ingest.run(load).then((rate) => process.send?.(rate));
});
process.on("disconnect", () => void ingest.close());
process.send?.("ready");
