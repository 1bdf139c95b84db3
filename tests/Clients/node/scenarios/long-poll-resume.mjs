// A client whose network stands still for longer than its session lives is told that it is gone, opens another, and gets
// exactly what it missed.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { LongPoll } from "phoenix";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

const MISSED = 60;

await scenario(async (stage) => {
  const cable = await stage.cable();
  const client = await stage.client("alice", { url: cable.url, transport: LongPoll });
  const alice = await client.join("channel:random");
  const bob = await (await stage.client("bob")).join("channel:random");
  const start = alice.seq;
  const own = await alice.send("before");
  await alice.numbered(own.seq);

  // Held over and over: the client may open new connections, which stand still as well.
  const until = Date.now() + stage.args.sessionMs * 2;
  cable.hold();
  for (let i = 0; i < MISSED; i++) await bob.send(`missed ${i}`);
  while (Date.now() < until) {
    cable.hold();
    await sleep(20);
  }
  cable.release();

  assert.equal((await client.closes.next(() => true, "close")).code, 3410);
  await alice.joins.next(() => true, "the rejoin", { from: 1 });
  await alice.event("replay:done");
  const live = await bob.send("live again");
  await alice.numbered(live.seq);
  dense(alice.numbers(), start);
  assert.equal(alice.numbers().length, MISSED + 2);
});
