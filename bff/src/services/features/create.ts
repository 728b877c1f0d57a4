import type { Feature, FeatureInput } from "@credits-kit/contract";
import { insertFeature } from "../../storage/catalogue/features.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { insertWithId } from "../choose-id.ts";
import { toFeature } from "./to-feature.ts";

/** Creates a feature. @throws ServiceError `already_exists` */
export async function createFeature(
  deps: Deps,
  call: Call,
  input: FeatureInput,
): Promise<Feature | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: input, status: 201 }, async (transaction) => {
    const choice = { given: input.id, name: input.name, kind: "feature" };
    return toFeature(await insertWithId(choice, (id) => insertFeature(transaction, { id, input })));
  });
  deps.live.catalogueChanged();
  return answer;
}
