import type { Chosen } from "./tokens.ts";

/** Looks to begin with. */
export const PRESETS: Readonly<Record<string, Chosen>> = {
  "The kit's own": new Map(),
  Ember: new Map<string, string | readonly [string, string]>([
    ["--credits-accent", ["#b4540a", "#ffb454"]],
    ["--credits-on-accent", ["#ffffff", "#1c1206"]],
    ["--credits-surface", ["#fffdf8", "#1b1813"]],
    ["--credits-surface-sunken", ["#f7f2e8", "#14110d"]],
    ["--credits-border", ["#e8dfcf", "#352f25"]],
    ["--credits-radius", "0.25em"],
    ["--credits-radius-control", "2em"],
    ["--credits-font-family", '"Iowan Old Style", Georgia, "DejaVu Serif", serif'],
  ]),
  Forest: new Map<string, string | readonly [string, string]>([
    ["--credits-accent", ["#0f766e", "#5eead4"]],
    ["--credits-on-accent", ["#ffffff", "#042f2e"]],
    ["--credits-surface", ["#ffffff", "#0f1a18"]],
    ["--credits-surface-sunken", ["#eff6f4", "#0a1312"]],
    ["--credits-border", ["#d3e4e0", "#1f3531"]],
    ["--credits-radius", "1.25em"],
    ["--credits-radius-control", "0.75em"],
    ["--credits-padding", "1.5em"],
  ]),
  Ink: new Map<string, string | readonly [string, string]>([
    ["--credits-accent", ["#111111", "#ffffff"]],
    ["--credits-on-accent", ["#ffffff", "#111111"]],
    ["--credits-border", ["#111111", "#8a8a8a"]],
    ["--credits-surface-sunken", ["#f4f4f4", "#1e1e1e"]],
    ["--credits-radius", "0em"],
    ["--credits-radius-control", "0em"],
    ["--credits-border-width", "1.5px"],
  ]),
};
