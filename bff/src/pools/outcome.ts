import type { ErrorCode } from "@credits-kit/contract";

/** Where a command's entry stands. */
export interface EntryPosition {
  readonly creditTypeId: string;
  readonly resourceId: string;
  readonly poolNo: number;
  readonly seq: number;
  readonly delta: bigint;
  readonly balance: bigint;
}

/** A command that changed nothing. */
export interface Rejected {
  readonly kind: "rejected";
  readonly code: ErrorCode;
  readonly message: string;
  readonly path: string;
  readonly required?: bigint;
  readonly available?: bigint;
  /** The pool that could not pay, where it was found. */
  readonly pool?: { readonly creditTypeId: string; readonly balance: bigint; readonly seq: number };
}

/** What became of a command. */
export type Outcome =
  | { readonly kind: "applied"; readonly entry: EntryPosition; readonly answer: string | null }
  | {
      readonly kind: "duplicate";
      readonly entry: EntryPosition;
      readonly answer: string | null;
      /** The pool as it stands now. */
      readonly current: { readonly balance: bigint; readonly seq: number };
    }
  | { readonly kind: "settled" }
  | Rejected;
