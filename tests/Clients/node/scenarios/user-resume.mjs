// A device whose network goes hears of everything that concerned its user meanwhile, and a new device of everything ever.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

const MISSED = 40;

await scenario(async (stage) => {
  const cable = await stage.cable();
  const phone = await (await stage.client("bob", { url: cable.url, more: { device: "mobile" } })).join("user:bob");
  const desktop = await (await stage.client("bob")).join("user:bob");
  const alice = await (await stage.client("alice")).join("channel:random");
  const start = phone.seq;
  await alice.send("before the cut", { mentions: ["bob"] });
  await phone.numbered(start + 1);

  cable.cut();
  await phone.failures.next(() => true, "the loss");
  for (let i = 0; i < MISSED; i++) await alice.send(`missed ${i}`, { mentions: ["bob"] });
  const head = start + 1 + MISSED;
  await desktop.numbered(head);
  cable.mend();

  const join = await phone.joins.next(() => true, "the rejoin", { from: 1 });
  assert.deepEqual(join, { head, replay: { from: start + 2, to: head, status: "complete" } });
  assert.deepEqual((await phone.event("replay:done")).payload, { head });
  await alice.send("live again", { mentions: ["bob"] });
  await phone.numbered(head + 1);
  await desktop.numbered(head + 1);
  dense(phone.numbers(), start);
  const seen = (room) => room.events.entries.filter((e) => e.payload.seq !== undefined);
  assert.deepEqual(seen(phone), seen(desktop), "what was replayed is what was live");

  const fresh = await (await stage.client("bob")).join("user:bob", { since: 0 });
  await fresh.event("replay:done");
  dense(fresh.numbers(), 0);
  assert.deepEqual(seen(fresh).slice(start), seen(desktop), "the same from the beginning on");
});
