// All of the element but its skeleton, which comes while the session is asked for.
export { panelStyles } from "./panel.styles.ts";
export { renderCard } from "./render-card.ts";
export { grantsTableTexts } from "./texts.ts";
