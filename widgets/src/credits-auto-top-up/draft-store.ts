import { parseJson } from "@credits-kit/client/widget";
import type { Draft } from "./rule-form.ts";

/** What a person had typed when they went to Stripe's page. */
export interface KeptDraft {
  /** Whose, and for which pool: people may share a browser tab. */
  owner: string;
  draft: Draft;
  atMs: number;
}

const STORE = "credits-kit.auto-top-up";
const KEPT_MS = 30 * 60_000;

export function keepDraft(owner: string, draft: Draft): void {
  const kept: KeptDraft = { owner, draft, atMs: Date.now() };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // A page without storage begins anew.
  }
}

/** The draft that was kept, once. */
export function takeDraft(owner: string): Draft | undefined {
  try {
    const kept = parseJson<KeptDraft | null>(sessionStorage.getItem(STORE) ?? "null");
    sessionStorage.removeItem(STORE);
    return kept?.owner === owner && Date.now() - kept.atMs < KEPT_MS ? kept.draft : undefined;
  } catch {
    return undefined;
  }
}
