/** How scenes are looked at. The matrix is as large as a person can look at: every scene twice, typical ones eight times. */
export interface Look {
  readonly name: string;
  readonly place: "desk" | "phone";
  readonly scheme: "light" | "dark";
  readonly lang?: string;
  readonly dir?: "rtl";
  /** Scenes in this look; all of them without it. */
  readonly only?: readonly string[];
}

/** One or a few scenes of each element: enough to see that another scheme or language fits. */
const TYPICAL = ["loaded", "low", "several-pools", "form", "saved-card", "dialog", "overview", "billing"];

export const looks: readonly Look[] = [
  { name: "desk-light", place: "desk", scheme: "light" },
  { name: "phone-dark", place: "phone", scheme: "dark" },
  { name: "desk-dark", place: "desk", scheme: "dark", only: TYPICAL },
  { name: "phone-light", place: "phone", scheme: "light", only: TYPICAL },
  { name: "desk-german", place: "desk", scheme: "light", lang: "de", only: TYPICAL },
  { name: "phone-german", place: "phone", scheme: "dark", lang: "de", only: TYPICAL },
  { name: "desk-arabic", place: "desk", scheme: "dark", lang: "ar", dir: "rtl", only: TYPICAL },
  { name: "phone-arabic", place: "phone", scheme: "light", lang: "ar", dir: "rtl", only: TYPICAL },
];

/** Elements that are as narrow on a desk as hosts put them: beside other things, or in a dialog. */
const NARROW = new Set(["credits-balance", "credits-top-up", "credits-auto-top-up"]);

const PHONE_PX = 360;
const BESIDE_PX = 440;
const WHOLE_PX = 1_120;

/** How wide a scene is, in CSS pixels, and how many of them stand side by side on a sheet. */
export function measureOf(element: string, { place }: Look): { widthPx: number; columns: number } {
  if (place === "phone") return { widthPx: PHONE_PX, columns: 4 };
  return NARROW.has(element) ? { widthPx: BESIDE_PX, columns: 3 } : { widthPx: WHOLE_PX, columns: 1 };
}
