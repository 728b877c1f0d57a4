import { randomBytes } from "node:crypto";

/** A local double of Stripe that the product was started with. */
export interface StartedSandbox {
  /** What the configuration gets, as if a person had set it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where browsers find its pages and its stand-in for Stripe.js. */
  readonly url: string;
  /** Says where it tells what happens. */
  tell(webhookUrl: string): void;
  close(): Promise<void>;
}

/**
 * Starts the double of Stripe where no key is configured. With a key nothing of it is even loaded.
 * @param at the port that is tried first; another one is taken where that is in use
 */
export async function startSandboxUnlessConfigured(
  environment: NodeJS.ProcessEnv,
  { port }: { port: number },
): Promise<StartedSandbox | null> {
  if (environment.STRIPE_SECRET_KEY) return null;
  const { startStripeSandbox } = await import("@credits-kit/stripe-sandbox");
  // Known to nobody else on this machine, although it only holds play money.
  const secretKey = `sk_test_sandbox_${randomBytes(12).toString("hex")}`;
  const webhookSecret = `whsec_${randomBytes(24).toString("hex")}`;
  const start = (at: number) => startStripeSandbox({ port: at, secretKeys: [secretKey] });
  const sandbox = await start(port <= 65_535 ? port : 0).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return start(0);
    throw error;
  });
  return {
    environment: {
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_PUBLISHABLE_KEY: "pk_test_sandbox",
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_BASE: sandbox.url,
    },
    url: sandbox.url,
    tell: (url) => sandbox.control.setWebhook({ url, secret: webhookSecret }),
    close: () => sandbox.close(),
  };
}
