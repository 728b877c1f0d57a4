// What the bench and the tests of leaks do in a page: built as one script, beside the files of the CDN.
export { countKept, mountAndUnmount } from "./cycles.ts";
export { prepareFirstContent, prepareFirstFormat } from "./first-content.ts";
export { prepareBareDrawing, prepareCard, prepareOurDrawing } from "./first-drawing.ts";
export { putMany } from "./many.ts";
export { putTable, turnPages } from "./paging.ts";
