import { z } from "zod";

/**
 * What a column of an export holds, and with that how it is written. `text` is what callers chose, in CSV made harmless
 * for spreadsheets; `name` is one of a few words of ours; `credits` and `money` are decimal strings; `digits` is a whole
 * number that may be larger than a double is exact for, a string in NDJSON.
 */
export type ColumnType = "text" | "name" | "integer" | "digits" | "credits" | "money" | "time" | "json";

interface ColumnFacts {
  readonly type: ColumnType;
  readonly isNullable: boolean;
  readonly description: string;
}

/** A column as documentation lists it. */
export interface ExportColumn extends ColumnFacts {
  readonly name: string;
}

const facts = z.registry<ColumnFacts>();

/** Puts a column's facts beside its schema. */
function column<Schema extends z.ZodType>(type: ColumnType, schema: Schema, description: string): Schema {
  const isNullable = schema.safeParse(null).success;
  const described = schema.meta({ description });
  facts.add(described, { type, isNullable, description });
  return described;
}

const json = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);

/** The makers of columns, by type; `maybe` makes those that can be empty (null in NDJSON). */
export const columns = {
  text: (description: string) => column("text", z.string(), description),
  name: (description: string) => column("name", z.string(), description),
  integer: (description: string) => column("integer", z.int(), description),
  digits: (description: string) => column("digits", z.string(), description),
  credits: (description: string) => column("credits", z.string(), description),
  money: (description: string) => column("money", z.string(), description),
  time: (description: string) => column("time", z.string(), description),
  json: (description: string) => column("json", json, description),
  maybe: {
    text: (description: string) => column("text", z.string().nullable(), description),
    name: (description: string) => column("name", z.string().nullable(), description),
    integer: (description: string) => column("integer", z.int().nullable(), description),
    credits: (description: string) => column("credits", z.string().nullable(), description),
    money: (description: string) => column("money", z.string().nullable(), description),
    time: (description: string) => column("time", z.string().nullable(), description),
    json: (description: string) => column("json", json.nullable(), description),
  },
};

/** The columns of a row's schema, in their order. */
export function columnsOf(row: z.ZodObject): ExportColumn[] {
  return Object.entries(row.shape).map(([name, schema]) => {
    const known = facts.get(schema);
    if (!known) throw new Error(`the column ${name} was not made by one of the makers`);
    return { name, ...known };
  });
}
