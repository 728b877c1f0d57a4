// Before the first paint, so that nobody sees the page change its colours: what was chosen last.
(() => {
  const read = (/** @type {string} */ name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const root = document.documentElement;
  const language = read("lumen-language");
  if (language === "de" || language === "ar") {
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
  }
  const look = read("lumen-look");
  if (look === "day" || look === "contrast") root.dataset.look = look;
  if (look === "contrast") root.dataset.creditsTheme = "high-contrast";
})();
