// <credits-utilization-portal>, and the provider it may stand in, for a page without a bundler.
import "../credits-utilization-portal/define.ts";
import { setDefaultApiBase } from "../session/session-config.ts";

// The server that serves this file serves the API, too, unless the page says otherwise.
setDefaultApiBase(new URL(import.meta.url).origin);
