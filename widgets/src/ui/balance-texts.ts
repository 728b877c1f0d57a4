import { english } from "../locales/balance/en.ts";
import type { FullTranslation, Translation } from "./translation.ts";

/** All that is said of a balance; what a language of the page's own leaves out is said in English. */
export const balanceTexts = (texts: Translation): FullTranslation => ({ ...english, ...texts });
