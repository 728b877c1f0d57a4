/** What stands in the toolbar, and reaches the elements as it would in a host's page: by what is around them. */

/** The languages of the kit, by the name that their readers know. */
export const LOCALES: Readonly<Record<string, string>> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  ja: "日本語",
  ar: "العربية",
};

const sheets = import.meta.glob<string>("../widgets/src/themes/*.css", {
  eager: true,
  query: "?inline",
  import: "default",
});

/** The ready themes, as their files are called. */
export const THEMES = Object.keys(sheets).map((path) => path.replace(/.*\/|\.css$/g, ""));

/** Puts the themes' files on the page, as a host links them. */
export function linkThemes(): void {
  for (const css of Object.values(sheets)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }
}

/** Elements follow the place that they are given, not the window. */
const WIDTHS: Readonly<Record<string, string>> = {
  full: "Full width",
  "360px": "360 px",
  "440px": "440 px",
  "768px": "768 px",
  "1120px": "1120 px",
};

interface Item {
  readonly value: string;
  readonly title: string;
  readonly right?: string;
}

const toolbar = (description: string, icon: string, items: readonly Item[]) => ({
  description,
  toolbar: { title: description, icon, items, dynamicTitle: true },
});

export const globalTypes = {
  scheme: toolbar("Light or dark", "mirror", [
    { value: "auto", title: "Auto" },
    { value: "light", title: "Light" },
    { value: "dark", title: "Dark" },
  ]),
  theme: toolbar("Theme", "paintbrush", [
    { value: "none", title: "No theme" },
    ...THEMES.map((name) => ({ value: name, title: `Theme ${name}` })),
  ]),
  locale: toolbar(
    "Language",
    "globe",
    Object.entries(LOCALES).map(([value, title]) => ({ value, title, right: value })),
  ),
  direction: toolbar("Direction", "transfer", [
    { value: "auto", title: "As the language" },
    { value: "ltr", title: "Left to right" },
    { value: "rtl", title: "Right to left" },
  ]),
  width: toolbar(
    "Width",
    "expand",
    Object.entries(WIDTHS).map(([value, title]) => ({ value, title })),
  ),
};

/** Takes over what the toolbar says for a place of the page. */
export function dress(place: HTMLElement, globals: Readonly<Record<string, unknown>>): void {
  const read = (name: string) => {
    const value = globals[name];
    return typeof value === "string" ? value : "";
  };
  const scheme = read("scheme");
  const locale = read("locale");
  const direction = read("direction");
  const theme = read("theme");
  const width = read("width");
  place.lang = locale;
  place.dir = direction === "ltr" || direction === "rtl" ? direction : directionOf(locale);
  place.style.colorScheme = scheme === "auto" ? "light dark" : scheme;
  place.style.setProperty("--place-width", width === "full" ? "none" : width);
  if (THEMES.includes(theme)) place.dataset["creditsTheme"] = theme;
  else delete place.dataset["creditsTheme"];
}

const directionOf = (locale: string) => (locale === "ar" ? "rtl" : "ltr");
