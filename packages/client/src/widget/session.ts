// What a session of a widget needs, apart from the calls: a page that only shows a balance loads none of these.
export { ApiError, parseJson, readJson } from "./api-error.ts";
export { read } from "./read.ts";
