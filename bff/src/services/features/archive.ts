import type { Feature } from "@credits-kit/contract";
import { lockFeature, setFeatureArchived } from "../../storage/catalogue/features.ts";
import { usesInPlans } from "../../storage/catalogue/uses.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { inUse, MAX_USES } from "../in-use.ts";
import { unknown } from "../unknown.ts";
import { toFeature } from "./to-feature.ts";

/**
 * Archives a feature that nothing uses: no plan can rate it any more. One that is archived already stays as it is.
 * @throws ServiceError `not_found`; `in_use` with the plans and subscriptions that rate it
 */
export async function archiveFeature(deps: Deps, call: Call, id: string): Promise<Feature | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: { id }, status: 200 }, async (transaction) => {
    // First the lock, then the look: a plan that came before is seen, one that comes after finds it archived.
    const present = await lockFeature(transaction, id);
    if (!present) throw unknown("feature");
    if (present.archived_at !== null) return toFeature(present);
    const uses = await usesInPlans(transaction, { featureId: id }, MAX_USES);
    if (uses.length > 0) throw inUse("feature", uses);
    const row = await setFeatureArchived(transaction, { id, archived: true });
    if (!row) throw unknown("feature");
    return toFeature(row);
  });
  deps.live.catalogueChanged();
  return answer;
}
