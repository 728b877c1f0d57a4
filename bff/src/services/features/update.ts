import type { Feature, FeatureChange } from "@credits-kit/contract";
import { updateFeatureRow } from "../../storage/catalogue/features.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toFeature } from "./to-feature.ts";

/** Changes what is given of a feature; what is left out stays. @throws ServiceError `not_found` */
export async function updateFeature(
  deps: Deps,
  call: Call,
  input: { id: string; change: FeatureChange },
): Promise<Feature | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: input, status: 200 }, async (transaction) => {
    const row = await updateFeatureRow(transaction, input);
    if (!row) throw unknown("feature");
    return toFeature(row);
  });
  deps.live.catalogueChanged();
  return answer;
}
