import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { median } from "./statistics.ts";

export interface Machine {
  cores: number;
  processor: string;
  memoryGb: number;
  node: string;
  postgres: string;
  /** Median of writing 8 kB and waiting for the disk, as a commit does. */
  fsyncMs: number;
  /** How many processes wanted a core in the last minute, on average: well above 0, others were at work. */
  loadAverageAtStart: number;
  /** The same at the end, the bench's own work included. */
  loadAverageAtEnd: number;
}

/** What a figure has to be read with, as far as it is known before the first case. */
export function describeMachine(postgresVersion: string): Omit<Machine, "loadAverageAtEnd"> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    postgres: postgresVersion,
    fsyncMs: Number(measureFsync().toFixed(3)),
    loadAverageAtStart: readLoadAverage(),
  };
}

/** The load average of the last minute. */
export function readLoadAverage(): number {
  const [lastMinute = Number.NaN] = loadavg();
  return Number(lastMinute.toFixed(2));
}

/** Measured where the bench's Postgres keeps its data: in the folder for temporary files. */
function measureFsync(milliseconds = 500): number {
  const directory = mkdtempSync(join(tmpdir(), "credits-kit-fsync-"));
  const file = openSync(join(directory, "page"), "w");
  const page = Buffer.alloc(8192, 1);
  const samples: number[] = [];
  try {
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      const started = performance.now();
      writeSync(file, page, 0, page.length, 0);
      fdatasyncSync(file);
      samples.push(performance.now() - started);
    }
  } finally {
    closeSync(file);
    rmSync(directory, { recursive: true });
  }
  return median(samples);
}
