// A client whose network goes comes back by itself and gets exactly what it missed, then what is new.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

const MISSED = 60;

await scenario(async (stage) => {
  const cable = await stage.cable();
  const client = await stage.client("alice", { url: cable.url });
  const alice = await client.join("channel:random");
  const bob = await (await stage.client("bob")).join("channel:random");
  const start = alice.seq;
  const own = await alice.send("before the cut");
  await alice.numbered(own.seq);

  cable.cut();
  await alice.failures.next(() => true, "the loss");
  const missed = [];
  for (let i = 0; i < MISSED; i++) missed.push(await bob.send(`missed ${i}`));
  await bob.push("message:reaction", { messageId: own.id, emoji: "👀", action: "add" });
  const head = own.seq + MISSED + 1;
  cable.mend();

  const join = await alice.joins.next(() => true, "the rejoin", { from: 1 });
  assert.deepEqual(join, { head, replay: { from: own.seq + 1, to: head, status: "complete" } });
  const done = await alice.event("replay:done");
  assert.deepEqual(done.payload, { head });
  const at = alice.events.entries.indexOf(done);
  dense(alice.events.entries.slice(0, at).map((e) => e.payload.seq), start);
  assert.equal(alice.events.entries[at - 1].payload.seq, head);

  const live = await bob.send("live again");
  await alice.numbered(live.seq);
  await bob.numbered(live.seq);
  dense(alice.numbers(), start);
  const seen = (room) => room.events.entries.filter((e) => e.payload.seq > own.seq);
  assert.deepEqual(seen(alice), seen(bob), "what was replayed is what was live");
});
