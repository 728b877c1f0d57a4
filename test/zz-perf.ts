import { startPostgres } from "/work/main/test/support/postgres.ts";
import { asOwner } from "/work/main/test/bench/owner.ts";
import { openTestPostgres } from "/work/main/bff/src/test-support/index.ts";
import { seedCustomers } from "/work/main/bff/src/storage/test-support/seed-customers.ts";
import { writeHistories } from "/work/main/test/bench/histories/write-histories.ts";
import { shapeOf } from "/work/main/test/bench/histories/shape.ts";
import { writeUsage } from "/work/main/test/bench/histories/write-usage.ts";
import { moveUsage } from "/work/main/bff/src/storage/rollups/move-usage.ts";
import { readUsageSeries } from "/work/main/bff/src/services/usage/read.ts";
import pg from "/work/main/node_modules/pg/lib/index.js";
const N = Number(process.env.N ?? 200000), DAYS = Number(process.env.DAYS ?? 90), USERS=Number(process.env.USERS ?? 50);
const cluster = await startPostgres({ durable: false } as any);
try {
  const url = await cluster.createDatabase();
  const database = await openTestPostgres(url);
  await seedCustomers(database, 3);
  await asOwner(url, async (o) => {
    await o.query("alter table ledger disable trigger ledger_times");
    await writeHistories(o, { customerIds: ["cus_0"], creditTypeId: "tok", shape: shapeOf(20, 10) });
    let t = performance.now();
    await writeUsage(o, { customerId: "cus_0", events: N, days: DAYS, features: 20, users: USERS });
    console.log("written", (performance.now()-t)|0);
    await o.query("vacuum analyze");
  });
  const time = async (name: string, q: object, reps = 15) => {
    const ts: number[] = []; let a: any;
    for (let i=0;i<reps;i++){ const t=performance.now(); a=await readUsageSeries({database}, {customerId:"cus_0", ...q} as any); ts.push(performance.now()-t); }
    ts.sort((x,y)=>x-y);
    console.log(name.padEnd(34), "total", a.total, "series", a.series.length, "median", ts[ts.length>>1].toFixed(1), "max", ts.at(-1)!.toFixed(1));
  };
  if (process.env.TAIL) await time("all tail", {}, 2);
  const t0 = performance.now(); let moved=0, steps=0, worst=0;
  for (;;) { const t=performance.now(); const m = await moveUsage(database, ["cus_0"], { atLeast: 500, longest: 5000 }); worst=Math.max(worst, performance.now()-t); moved += m.entries; steps++; if (m.unfinished.length===0) break; }
  console.log("moved", moved, "in", steps, "steps", (performance.now()-t0)|0, "ms worst", worst|0);
  await asOwner(url, async (o) => { await o.query("vacuum analyze"); 
   console.log((await o.query("select relname, n_live_tup, pg_total_relation_size(relid)/1024 as kb from pg_stat_user_tables where relname like 'usage%' or relname='ledger'")).rows); 
   console.log((await o.query("select is_detail, grain, count(*) from usage_rollups group by 1,2")).rows); });
  const day = 86400000, now = Date.now();
  await time("30d day", {});
  await time("90d day feature", { from: now-90*day, groupBy:["feature"], timeZone:"Europe/Berlin" });
  await time("90d day feature + compare", { from: now-45*day, groupBy:["feature"], timeZone:"Europe/Berlin", compare:"previous" });
  await time("90d day Kathmandu", { from: now-90*day, timeZone:"Asia/Kathmandu", groupBy:["feature"] });
  await time("45d hour Kathmandu", { from: now-45*day, interval:"hour", timeZone:"Asia/Kathmandu", groupBy:["feature"] });
  await time("45d hour", { from: now-45*day, interval:"hour", groupBy:["feature"] });
  await time("366d day feature", { from: now-366*day, groupBy:["feature"], timeZone:"Europe/Berlin" });
  await time("90d day user top 10", { from: now-90*day, groupBy:["user"], top: 10, timeZone:"Europe/Berlin" });
  await time("90d user,feature", { from: now-90*day, groupBy:["user","feature"], top: 10, timeZone:"Europe/Berlin" });
  await time("90d dimension", { from: now-90*day, groupBy:["dimension:model"], top: 10, timeZone:"Europe/Berlin" });
  if (process.env.EXPLAIN) {
    const orig = pg.Client.prototype.query; const texts: any[] = [];
    (pg.Client.prototype as any).query = function(c: any, ...r: any[]) { if (c?.text?.includes("usage_rollups") && !c.text.startsWith("explain")) texts.push(c); return orig.call(this, c, ...r); };
    for (const q of [{ from: now-90*day-12345, groupBy:["feature"], timeZone:"Asia/Kathmandu", compare:"previous" }, { from: now-90*day, groupBy:["user","dimension:model"] }]) await readUsageSeries({database}, {customerId:"cus_0", ...q} as any);
    const c = await (database as any).connect();
    for (const t of texts) { const r = await c.query("explain (analyze, buffers off) " + t.text, t.values); console.log(r.rows.map((x: any)=>x["QUERY PLAN"]).join("\n")); }
    c.release();
  }
  await database.close();
} finally { await cluster.stop(); }
