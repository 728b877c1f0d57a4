import { icon } from "../ui/icons.ts";

export const checkIcon = icon("m6 12.5 4 4 8-9");
export const crossIcon = icon("m6.5 6.5 11 11m0-11-11 11");
