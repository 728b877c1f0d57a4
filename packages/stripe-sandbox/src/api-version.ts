/** The version of the API that every event and answer is written in. */
export const API_VERSION = "2026-10-28.endive";
