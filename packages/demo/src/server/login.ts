import type { CookieOptions, Request } from "express";
import { type Persona, PERSONAS } from "../seed/customers.ts";

const COOKIE = "lumen_customer";
const YEAR_MS = 365 * 24 * 3_600_000;

/** Who is signed in. A demo asks for no password; the cookie only chooses among the seeded personas. */
export function signedIn(request: Request): Persona {
  const cookies = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const value = cookies.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  const persona = PERSONAS.find(({ id }) => id === value) ?? PERSONAS[0];
  if (!persona) throw new Error("no personas are seeded");
  return persona;
}

/** The cookie that signs a persona in: name, value, options, as Express takes them. */
export function loginCookie(
  persona: Persona,
  publicUrl: string | undefined,
): [string, string, CookieOptions] {
  const secure = publicUrl?.startsWith("https:") ?? false;
  return [COOKIE, persona.id, { httpOnly: true, sameSite: "strict", secure, path: "/", maxAge: YEAR_MS }];
}
