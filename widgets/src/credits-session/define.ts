import { PROVIDER_TAG } from "../session/session-provider.ts";
import { defineElement } from "../ui/define-element.ts";
import { CreditsSession } from "./credits-session.ts";

defineElement(PROVIDER_TAG, CreditsSession);
