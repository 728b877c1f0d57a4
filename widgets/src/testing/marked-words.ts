import { english as autoTopUp } from "../locales/auto-top-up/en.ts";
import { english as balance } from "../locales/balance/en.ts";
import { english as balanceHistory } from "../locales/balance-history/en.ts";
import { english as common } from "../locales/en.ts";
import { english as grantsTable } from "../locales/grants-table/en.ts";
import { english as grantsForm } from "../locales/grants-table/en-form.ts";
import { english as ledger } from "../locales/ledger/en.ts";
import { english as ledgerForm } from "../locales/ledger/en-form.ts";
import { english as portal } from "../locales/portal/en.ts";
import { english as purchase } from "../locales/top-up/en.ts";
import { english as usageChart } from "../locales/usage-chart/en.ts";
import type { Localization } from "../ui/translation.ts";

/** What stands for each word: no language has it. */
export const MARK = "◆";

/** Every text of the kit in a host's own words, which are but a mark: whatever else is said is no text of the kit. */
export function markedWords(): Localization {
  const { code: _code, dir: _dir, ...words } = common;
  return {
    ...marked({ ...words, ...balance }),
    purchase: marked(purchase),
    balanceHistory: marked(balanceHistory),
    autoTopUp: marked(autoTopUp),
    usageChart: marked(usageChart),
    grantsTable: marked({ ...grantsTable, ...grantsForm }),
    ledger: marked({ ...ledger, ...ledgerForm }),
    portal: marked(portal),
  };
}

/** The same texts, with a mark for each, and what is given to them behind it. */
function marked<Texts extends object>(texts: Texts): Texts {
  const words = { ...texts };
  const entries: [string, unknown][] = Object.entries(texts);
  for (const [name, text] of entries) {
    const inside = typeof text === "object" && text !== null ? marked(text) : MARK;
    const isWriter = typeof text === "function";
    Reflect.set(words, name, isWriter ? (...given: string[]) => [MARK, ...given].join(" ") : inside);
  }
  return words;
}
