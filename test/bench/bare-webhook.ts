import express from "express";
import pg from "pg";
import Stripe from "stripe";

/*
 * The least that a webhook endpoint can be, in a process of its own: it checks the signature and inserts one row into the
 * database of its first argument. Its second one is the secret. It says its port when it is ready.
 */
const [url, secret = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url });
await pool.query(`create table bare_events (
  place bigint generated always as identity primary key, id text, type text, body jsonb)`);
const stripe = new Stripe("sk_test_signs_only");
const app = express();
app.post("/stripe/webhook", express.raw({ type: () => true }), (request, response, next) => {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) return void response.sendStatus(400);
  const event = stripe.webhooks.constructEvent(body, request.get("stripe-signature") ?? "", secret);
  pool
    .query({
      name: "insert",
      text: "insert into bare_events (id, type, body) values ($1, $2, $3)",
      values: [event.id, event.type, body.toString()],
    })
    .then(() => response.json({ received: true }), next);
});
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(address !== null && typeof address === "object" ? address.port : 0);
});
process.on("disconnect", () => {
  server.closeAllConnections();
  server.close();
  void pool.end();
});
