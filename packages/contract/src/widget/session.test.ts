import { describe, test } from "node:test";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { widgetSessionInput } from "./session.ts";

const withOrigin = (origin: unknown) => ({ customerId: "cus_1", origins: [origin] });

describe("a widget session", () => {
  for (const origin of [
    "https://app.example.com",
    "https://app.example.com:8443",
    "http://localhost:5173",
    "http://127.0.0.1",
    "http://[::1]:4000",
    "https://xn--bcher-kva.example",
  ]) {
    test(`may be bound to ${origin}`, () => void taken(widgetSessionInput, withOrigin(origin)));
  }

  for (const origin of [
    "",
    "*",
    "null",
    "app.example.com",
    "//app.example.com",
    "https://",
    "https://*",
    "https://*.example.com",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://app.example.com?x",
    "https://app.example.com#x",
    "https://user:pw@app.example.com",
    "https://ok.example@evil.example",
    "https://app.example.com:443",
    "https://app.example.com:99999",
    "HTTPS://APP.example.com",
    "https://a b.example",
    "https://a\u0000b",
    "https://\ud800",
    "https://app.example.com\r\nX: y",
    " https://app.example.com",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "ftp://a.example",
    "data:text/html,x",
    "http:app.example.com",
    `https://${"a".repeat(300)}.example`,
    5,
    null,
    [],
  ]) {
    test(`cannot be bound to ${JSON.stringify(origin).slice(0, 60)}, which no browser sends`, () => {
      assertRefused(widgetSessionInput, withOrigin(origin), invalid("origins.0"));
    });
  }

  test("lives from 10 seconds to 10 minutes", () => {
    for (const expiresInSeconds of [10, 600])
      taken(widgetSessionInput, { customerId: "c", expiresInSeconds });
    for (const expiresInSeconds of [9, 601, 0, -1, 60.5, "60", Infinity, NaN, null]) {
      assertRefused(widgetSessionInput, { customerId: "c", expiresInSeconds }, invalid("expiresInSeconds"));
    }
  });

  test("has scopes that exist, and at least one", () => {
    taken(widgetSessionInput, { customerId: "c", scopes: ["read"] });
    assertRefused(widgetSessionInput, { customerId: "c", scopes: [] }, invalid("scopes"));
    assertRefused(widgetSessionInput, { customerId: "c", scopes: ["admin"] }, invalid("scopes.0"));
    assertRefused(widgetSessionInput, { customerId: "c", scopes: "read" }, invalid("scopes"));
  });
});
