import type { ErrorCode, FieldError, Money } from "@credits-kit/contract";

/** Faults that the client itself finds: no connection, no answer in time, an answer that is not the API's. */
export type ClientErrorCode = "network_failed" | "timed_out" | "unexpected_answer";

/** A stable error code. Open at the end, because a newer server may know codes that this client does not. */
export type ApiErrorCode = ErrorCode | ClientErrorCode | (string & Record<never, never>);

export interface ApiFault {
  code: ApiErrorCode;
  status?: number;
  detail?: string | undefined;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  declineCode?: string | undefined;
  topUpId?: string | undefined;
  total?: Money | undefined;
  errors?: readonly FieldError[] | undefined;
}

/** Why a call to the widget API failed. Switch over `code`; `detail` is for developers and may be reworded. */
export class ApiError extends Error {
  declare readonly code: ApiErrorCode;
  /** The HTTP status, or 0 when no answer came. */
  declare readonly status: number;
  declare readonly detail: string;
  /** Names the request in the server's logs. */
  declare readonly requestId: string | undefined;
  /** How long the server asked to wait. */
  declare readonly retryAfterMs: number | undefined;
  /** `card_declined`: what the card's bank said. */
  declare readonly declineCode: string | undefined;
  /** `card_declined`: the order that failed. */
  declare readonly topUpId: string | undefined;
  /** `price_changed`: what it costs now. */
  declare readonly total: Money | undefined;
  /** What is wrong with which field of the request, where that is known. */
  declare readonly errors: readonly FieldError[] | undefined;

  constructor(fault: ApiFault, cause?: unknown) {
    const { code, status = 0, detail = code } = fault;
    super(detail, { cause });
    Object.assign(this, fault, { name: "ApiError", status, detail });
  }
}

/** What this client reads of a problem document. An answer without one (a proxy's page, say) has none of it. */
type Problem = Partial<Record<"code" | "detail" | "requestId" | "declineCode" | "topUpId", string>> & {
  errors?: readonly FieldError[];
  total?: Money;
};

/** Reads an answer that is not a success. */
export async function errorOf(response: Response): Promise<ApiError> {
  const { status, headers } = response;
  const problem = await readJson<Problem>(response).catch((): Problem => ({}));
  const retryAfterMs = Number(headers.get("retry-after")) * 1000 || undefined;
  return new ApiError({ ...problem, code: problem.code ?? "unexpected_answer", status, retryAfterMs });
}

/** What went wrong on the way to an answer; an abort stays what its signal says. */
export function faultOf(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof ApiError) return error;
  if (signal?.aborted) return signal.reason;
  return new ApiError({ code: error instanceof SyntaxError ? "unexpected_answer" : "network_failed" }, error);
}

/** The body as the contract promises it. It is not checked again: a browser has no bytes to spare for the schemas. */
export async function readJson<Body>(response: Response): Promise<Body> {
  return parseJson<Body>(await response.text());
}

export const parseJson: <Body>(text: string) => Body = JSON.parse;
