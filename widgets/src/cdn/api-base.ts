import { setDefaultApiBase } from "../session/session-config.ts";

// The server that serves this file is the one that serves the API, unless the page says otherwise.
setDefaultApiBase(new URL(import.meta.url).origin);
