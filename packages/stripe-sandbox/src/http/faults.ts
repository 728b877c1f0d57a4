/** A fault that the next matching requests of the API meet. */
export interface Fault {
  /** Any method when absent. */
  method?: "GET" | "POST" | "DELETE" | undefined;
  /** The path, `*` standing for anything; every path when absent. */
  path?: string | undefined;
  /** How many requests meet it; 1 when absent. */
  times?: number | undefined;
  /**
   * `status`: answers `status` instead of working (with `afterWork`: although it worked). `timeout_after_success`:
   * works, then drops the connection. `drop`: drops it before the work. `delay`: works after `milliseconds`.
   * `hold`: works once the control API releases it.
   */
  kind: "status" | "timeout_after_success" | "drop" | "delay" | "hold";
  /** 500 when absent. */
  status?: number | undefined;
  afterWork?: boolean | undefined;
  milliseconds?: number | undefined;
}

/** The faults that are still to come. */
export interface Faults {
  add(fault: Fault): void;
  /** The fault for this request, counted as met. */
  take(method: string, path: string): Fault | undefined;
  /** Resolves once {@link Faults.release} is called. */
  held(): Promise<void>;
  /** Lets every held request go on. */
  release(): void;
  /** Forgets all faults and lets held requests go on. */
  clear(): void;
}

/** No faults yet. */
export function createFaults(): Faults {
  let planned: { fault: Fault; left: number; pattern: RegExp }[] = [];
  let waiting: (() => void)[] = [];
  const release = (): void => {
    for (const go of waiting) go();
    waiting = [];
  };
  return {
    add(fault) {
      planned.push({ fault, left: fault.times ?? 1, pattern: patternOf(fault.path ?? "*") });
    },
    take(method, path) {
      const met = planned.find(
        ({ fault, pattern }) => (fault.method === undefined || fault.method === method) && pattern.test(path),
      );
      if (met === undefined) return undefined;
      met.left -= 1;
      planned = planned.filter(({ left }) => left > 0);
      return met.fault;
    },
    held: () => new Promise((resolve) => waiting.push(resolve)),
    release,
    clear() {
      planned = [];
      release();
    },
  };
}

function patternOf(path: string): RegExp {
  const escaped = path.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`);
}
