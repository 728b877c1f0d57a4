import { ERROR_CODES, type ErrorCode, type FieldError } from "@credits-kit/contract";

export interface ServiceErrorOptions {
  /** The faults inside the request, where there are several or they have a place. */
  readonly errors?: readonly FieldError[];
  /** More members of the problem, such as `required` and `available`. Safe for people. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  /** For the log; never sent. */
  readonly cause?: unknown;
}

/** Something a caller can be told: a stable code and a message safe for people. Anything else becomes `internal`. */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, message: string, options: ServiceErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "ServiceError";
    this.code = code;
    this.errors = options.errors ?? [];
    this.details = options.details ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}
