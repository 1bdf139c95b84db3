// A connection that dies again and again while others write: none missing, none twice.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

const LOSSES = 5;
const BETWEEN = 40;

await scenario(async (stage) => {
  const client = await stage.client("alice");
  const alice = await client.join("channel:random");
  const writers = await Promise.all(["bob", "carol"].map(async (user) => (await stage.client(user)).join("channel:random")));
  const start = alice.seq;

  let writing = true;
  const written = Promise.all(writers.map(async (room) => {
    let last = 0;
    for (let i = 0; writing; i++) last = (await room.send(`load ${i}`)).seq;
    return last;
  }));

  try {
    for (let loss = 1; loss <= LOSSES; loss++) {
      const seen = alice.events.length;
      await alice.events.take(BETWEEN, (e) => e.event === "message:new", "message under load", { from: seen });
      client.terminate();
      await alice.joins.next(() => true, `rejoin ${loss}`, { from: loss });
    }
  } finally {
    writing = false;
  }

  const head = Math.max(...(await written));
  await alice.numbered(head);
  dense(alice.numbers(), start);
  assert.equal(alice.joins.length, LOSSES + 1);
  assert.equal(client.closes.length, LOSSES);
});
