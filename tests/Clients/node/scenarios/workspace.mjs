// A workspace tells from its beginning on who belongs to it and which public channels there are, and then what changes.
import assert from "node:assert/strict";
import { dense, timeless, told } from "../lib/expect.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const cable = await stage.cable();
  const alice = await (await stage.client("alice", { url: cable.url })).join("workspace:demo", { since: 0 });
  const { head } = alice.joins.entries[0];
  await alice.event("replay:done");
  const past = told({ events: { entries: alice.events.entries.filter((e) => e.event !== "replay:done") } });
  const named = (event, key) => past.filter(([name]) => name === event).map(([, payload]) => payload[key]).sort();
  assert.deepEqual(past[0], ["workspace:created", { workspaceId: "demo", name: "Demo", by: past[0][1].by, seq: 1 }]);
  assert.deepEqual(named("member:joined", "userId"), ["alice", "bob", "carol"]);
  assert.deepEqual(named("channel:created", "channelId"), ["general", "random"]);
  assert.equal(past.length, head);
  const [, general] = past.find(([, payload]) => payload.channelId === "general");
  assert.deepEqual(general, { channelId: "general", workspaceId: "demo", name: "general", visibility: "public", seq: general.seq });

  // Who comes with a token of the workspace is a member from then on; Alice, whose network is gone, hears of it later.
  const bob = await (await stage.client("bob")).join("workspace:demo");
  assert.equal(bob.seq, head);
  cable.cut();
  await alice.failures.next(() => true, "the loss");
  const dave = await (await stage.client("dave")).join("channel:general");
  const { payload } = await bob.numbered(head + 1);
  assert.deepEqual(payload, { userId: "dave", workspaceId: "demo", role: "member", by: payload.by, createdAt: payload.createdAt, seq: head + 1 });
  cable.mend();
  assert.deepEqual((await alice.numbered(head + 1)).payload, payload);
  dense(alice.numbers(), 0);
  assert.deepEqual(alice.joins.entries[1], { head: head + 1, replay: { from: head + 1, to: head + 1, status: "complete" } });
  await dave.send("hello");

  // A private channel is of no concern to others, a public one to everybody.
  await stage.api("bob").channel("demo", "Secrets", "private");
  const id = await stage.api("bob").channel("demo", "Ideas", "public");
  for (const room of [alice, bob]) {
    const made = await room.numbered(head + 2);
    assert.equal(made.event, "channel:created");
    assert.deepEqual(timeless(made.payload), { channelId: id, workspaceId: "demo", name: "Ideas", visibility: "public", seq: head + 2 });
  }

  for (const event of ["message:send", "history", "presence:update"]) await refusedWith(bob.push(event, {}), { reason: "invalid_event" });
  const outsider = await stage.client("mallory");
  for (const topic of ["workspace:demo", "workspace:no-such", "user:alice", "presence:demo"]) {
    await refusedWith(outsider.join(topic, topic.startsWith("presence") ? {} : { since: 0 }), { reason: "unauthorized" });
  }
});
