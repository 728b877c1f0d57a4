import manifest from "../package.json" with { type: "json" };

/** This release of the BFF. */
export const { version } = manifest;
