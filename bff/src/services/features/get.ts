import type { Feature } from "@credits-kit/contract";
import { findFeature } from "../../storage/catalogue/features.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toFeature } from "./to-feature.ts";

/** Reads a feature. @throws ServiceError `not_found` */
export async function getFeature(deps: Deps, id: string): Promise<Feature> {
  const row = await findFeature(deps.database.writer, id);
  if (!row) throw unknown("feature");
  return toFeature(row);
}
