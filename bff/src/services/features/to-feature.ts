import type { Feature } from "@credits-kit/contract";
import type { FeatureRow } from "../../storage/catalogue/features.ts";

export function toFeature(row: FeatureRow): Feature {
  const { unit_singular: singular, unit_plural: plural } = row;
  return {
    id: row.id,
    name: row.name,
    unit: singular === null || plural === null ? null : { singular, plural },
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
