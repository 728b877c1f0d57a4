/** So much time in a language: "30 days". */
export function lengthIn(count: number, unit: "day", lang: string): string {
  return new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
