import type { FieldError, PlanInput } from "@credits-kit/contract";
import { FormulaError, parseFormula } from "@credits-kit/engine";
import { validationError } from "../../field-errors.ts";

type Rates = PlanInput["rates"];

/** Reads each formula once, so that a plan has none that can never price anything. @throws ServiceError `validation_failed` */
export function checkFormulas(rates: Rates): void {
  const errors = rates.flatMap(({ formula }, index): FieldError[] => {
    const fault = formula === undefined ? null : faultOf(formula);
    return fault === null
      ? []
      : [{ path: `rates.${index}.formula`, code: "validation_failed", message: fault }];
  });
  if (errors.length > 0) throw validationError(errors);
}

function faultOf(formula: string): string | null {
  try {
    parseFormula(formula);
    return null;
  } catch (error) {
    if (error instanceof FormulaError) return error.message;
    throw error;
  }
}

/** Names each rate whose feature cannot be used. @param usable those that can */
export function unknownFeatures(rates: Rates, usable: ReadonlySet<string>): FieldError[] {
  return rates.flatMap(({ featureId }, index) =>
    usable.has(featureId) ? [] : [missing(`rates.${index}.featureId`, "feature")],
  );
}

/** The fault of a field that names something which is not there, or archived. */
export function missing(path: string, kind: string): FieldError {
  return { path, code: "not_found", message: `names a ${kind} that does not exist` };
}
