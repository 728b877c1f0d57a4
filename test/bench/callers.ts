/** Callers side by side, each waiting for its answer before it calls again. */
export interface Callers {
  readonly callers: number;
  readonly seconds: number;
}

/** Lets callers call for a while. Units a second, of those that each call says it did. */
export async function runCallers(
  { callers, seconds }: Callers,
  call: () => Promise<number>,
): Promise<number> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let done = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const units = await call();
      done += units;
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  return done / ((performance.now() - startedAt) / 1000);
}

/** Calls one after the other for a while, at least once. Milliseconds of each call. */
export async function timeCalls(seconds: number, call: () => Promise<unknown>): Promise<number[]> {
  const endsAt = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  do {
    const startedAt = performance.now();
    await call();
    latencies.push(performance.now() - startedAt);
  } while (performance.now() < endsAt);
  return latencies;
}
