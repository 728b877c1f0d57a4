import type { Feature } from "@credits-kit/contract";
import { setFeatureArchived } from "../../storage/catalogue/features.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toFeature } from "./to-feature.ts";

/** Brings a feature back. One that is not archived stays as it is. @throws ServiceError `not_found` */
export async function unarchiveFeature(deps: Deps, call: Call, id: string): Promise<Feature | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: { id }, status: 200 }, async (transaction) => {
    const row = await setFeatureArchived(transaction, { id, archived: false });
    if (!row) throw unknown("feature");
    return toFeature(row);
  });
  deps.live.catalogueChanged();
  return answer;
}
