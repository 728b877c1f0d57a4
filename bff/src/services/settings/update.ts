import type { Settings, SettingsChange } from "@credits-kit/contract";
import { ulid } from "ulid";
import {
  addSettingsChange,
  lockSettings,
  readSettings,
  storeSetting,
} from "../../storage/payments/settings.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { settingsOf } from "./get.ts";

/** Changes policies; what is left out stays. Who changed what is kept. @throws ServiceError `idempotency_conflict` */
export async function updateSettings(
  deps: Deps,
  call: Call,
  change: SettingsChange,
): Promise<Settings | StoredAnswer> {
  return answerOnce({ deps, call }, { content: change, status: 200 }, async (transaction) => {
    await lockSettings(transaction);
    const before = settingsOf(await readSettings(transaction));
    for (const [name, value] of Object.entries(change)) {
      if (value !== undefined) await storeSetting(transaction, { name, value });
    }
    const after = settingsOf(await readSettings(transaction));
    const { actor, requestId } = call;
    await addSettingsChange(transaction, { changeId: `set_${ulid()}`, actor, requestId, before, after });
    return after;
  });
}
