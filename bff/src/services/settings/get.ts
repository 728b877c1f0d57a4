import { settings as settingsSchema, type Settings } from "@credits-kit/contract";
import { readSettings } from "../../storage/payments/settings.ts";
import type { Deps } from "../call.ts";

const DEFAULTS: Settings = {
  promotionCodes: false,
  automaticTax: false,
  refundShortfall: "write_off",
  releaseOn: "paid",
  freezeOnFraudWarning: false,
};

/** The policies that hold now. */
export async function readSettingsNow({ database }: Pick<Deps, "database">): Promise<Settings> {
  return settingsOf(await readSettings(database.writer));
}

/** What was set, over what holds where nothing was. */
export function settingsOf(stored: Readonly<Record<string, unknown>>): Settings {
  return settingsSchema.parse({ ...DEFAULTS, ...stored });
}
