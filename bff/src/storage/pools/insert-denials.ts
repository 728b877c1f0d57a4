import { idArray, numberArray, textArray, timeArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** An event that did not fit, as it is kept for whoever asks why. */
export interface DeniedEvent {
  readonly customerId: string;
  readonly eventId: string;
  readonly occurredAt: number;
  readonly creditTypeId: string;
  readonly resourceId: string;
  readonly featureId: string;
  readonly userNo: number | null;
  readonly quantity: bigint;
  readonly dimensions: string | null;
  readonly required: bigint;
  readonly available: bigint;
  readonly requestId: string;
  /** The time of the customer's test clock, in milliseconds; null for all who live by the database's. */
  readonly testClock: number | null;
}

const INSERT = statement(`
  insert into denied_events (customer_id, event_id, occurred_at, credit_type_id, resource_id, feature_id, user_no,
    quantity, dimensions, required, available, request_id, at)
  select d.customer_id, d.event_id, d.occurred_at, d.credit_type_id, d.resource_id, d.feature_id, d.user_no,
    d.quantity, d.dimensions::jsonb, d.required, d.available, d.request_id, coalesce(d.clock, clock_timestamp())
  from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[],
    $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::timestamptz[])
    as d (customer_id, event_id, occurred_at, credit_type_id, resource_id, feature_id, user_no, quantity, dimensions,
      required, available, request_id, clock)
  on conflict (customer_id, event_id) do update set at = excluded.at, occurred_at = excluded.occurred_at,
    credit_type_id = excluded.credit_type_id, resource_id = excluded.resource_id, feature_id = excluded.feature_id,
    user_no = excluded.user_no, quantity = excluded.quantity, dimensions = excluded.dimensions,
    required = excluded.required, available = excluded.available, request_id = excluded.request_id`);

/** Keeps denials, the last one of each event. An event may be named once. */
export function insertDenials(connection: Connection, denials: readonly DeniedEvent[]) {
  return run(connection, INSERT, [
    idArray(denials.map((denial) => denial.customerId)),
    idArray(denials.map((denial) => denial.eventId)),
    timeArray(denials.map((denial) => denial.occurredAt)),
    idArray(denials.map((denial) => denial.creditTypeId)),
    idArray(denials.map((denial) => denial.resourceId)),
    idArray(denials.map((denial) => denial.featureId)),
    numberArray(denials.map((denial) => denial.userNo)),
    numberArray(denials.map((denial) => denial.quantity)),
    textArray(denials.map((denial) => denial.dimensions)),
    numberArray(denials.map((denial) => denial.required)),
    numberArray(denials.map((denial) => denial.available)),
    textArray(denials.map((denial) => denial.requestId)),
    timeArray(denials.map((denial) => denial.testClock)),
  ]);
}
