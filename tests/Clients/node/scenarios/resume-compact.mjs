// A compact resume tells the final state of what changed, and no more.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const cable = await stage.cable();
  const client = await stage.client("alice", { url: cable.url });
  const alice = await client.join("channel:random", { mode: "compact" });
  const bob = await (await stage.client("bob")).join("channel:random");
  const known = await bob.send("known to alice");
  const doomed = await bob.send("known, and deleted later");
  await alice.numbered(doomed.seq);
  const seen = alice.events.length;

  cable.cut();
  await alice.failures.next(() => true, "the loss");
  const fresh = await bob.send("draft");
  await bob.push("message:update", { id: fresh.id, content: "draft 2" });
  await bob.push("message:update", { id: fresh.id, content: "final" });
  await bob.push("message:reaction", { messageId: fresh.id, emoji: "🎉", action: "add" });
  const brief = await bob.send("brief");
  await bob.push("message:delete", { id: brief.id });
  await bob.push("message:update", { id: known.id, content: "edited once" });
  await bob.push("message:update", { id: known.id, content: "edited twice" });
  await bob.push("message:delete", { id: doomed.id });
  const head = doomed.seq + 9;
  cable.mend();

  const join = await alice.joins.next(() => true, "the rejoin", { from: 1 });
  assert.deepEqual(join, { head, replay: { from: doomed.seq + 1, to: head, status: "complete" } });
  assert.deepEqual((await alice.event("replay:done")).payload, { head });
  const told = alice.events.entries.slice(seen);
  assert.deepEqual(told.map(({ event, payload }) => [event, payload.seq, payload.id, payload.content]), [
    ["message:new", doomed.seq + 1, fresh.id, "final"],
    ["message:delete", doomed.seq + 6, brief.id, undefined],
    ["message:update", doomed.seq + 8, known.id, "edited twice"],
    ["message:delete", doomed.seq + 9, doomed.id, undefined],
    ["replay:done", undefined, undefined, undefined],
  ]);
  assert.deepEqual(told[0].payload.reactions, { "🎉": ["bob"] });
  assert.ok(told[0].payload.editedAt);

  const live = await bob.send("live again");
  await alice.numbered(live.seq);
  assert.equal(live.seq, head + 1);
});
