import type { ColumnType } from "kysely";

/** A bigint column: read as text, so that nothing is ever rounded. */
export type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>;
export type Time = ColumnType<Date, Date | string, Date | string>;
export type CreatedAt = ColumnType<Date, never, never>;
export type Json<Value> = ColumnType<Value, string, string>;
