import type { Routes } from "@credits-kit/contract";

/** The operation id of a route of the contract. */
export type Operation = keyof Routes;

type InputOf<Schema> = Schema extends { _zod: { input: infer Input } } ? Input : never;
type OutputOf<Schema> = Schema extends { _zod: { output: infer Output } } ? Output : never;
type Part<Op extends Operation, Name extends string> =
  Routes[Op] extends Record<Name, infer Schema> ? Schema : never;

/** What a route's body may hold, before the server has read it. */
export type BodyOf<Op extends Operation> = InputOf<Part<Op, "body">>;
/** What a route answers. */
export type AnswerOf<Op extends Operation> = OutputOf<Part<Op, "answer">>;
/** A list's filters; the wire carries text, callers give numbers and booleans as what they are. */
export type QueryOf<Op extends Operation> = {
  [Key in keyof InputOf<Part<Op, "query">>]: Key extends keyof Read
    ? Read[Key]
    : InputOf<Part<Op, "query">>[Key];
};
interface Read {
  limit: number;
  top: number;
  days: number;
  archived: boolean;
  version: number;
}

/** What is spent: a quantity of a feature, 1 if left out, or an amount of a credit type. */
export type SpendingInput =
  | { featureId: string; quantity?: string | number; creditTypeId?: never; amount?: never }
  | { creditTypeId: string; amount: string | number; featureId?: never; quantity?: never };

/** A body that spends, in one of the two ways. */
export type Spends<Body> = Omit<Body, "featureId" | "quantity" | "creditTypeId" | "amount"> & SpendingInput;

/** What every call takes besides its input. */
export interface CallOptions {
  /** Ends the call, its waits between retries included; the call then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** An input that may name its own Idempotency-Key. */
export type Keyed<Input> = Input & {
  /** Give one that outlives the process (an order number, say) to make the call safe across restarts. */
  idempotencyKey?: string;
};
