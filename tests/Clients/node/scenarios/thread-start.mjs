// A thread hangs on one message of a channel: whoever starts it first, there is one, and it can be joined at once.
import assert from "node:assert/strict";
import { timeless } from "../lib/expect.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const client = await stage.client("alice");
  const alice = await client.join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");
  const root = await alice.send("Where do we meet?");
  await bob.numbered(root.seq);

  const [one, other] = await Promise.all([alice, bob].map((room) => room.push("thread:start", { messageId: root.id })));
  const { threadId } = one;
  assert.match(threadId, /^[A-Za-z0-9_-]{1,64}$/);
  assert.deepEqual([one, other], [{ threadId, seq: root.seq + 1 }, { threadId, seq: root.seq + 1 }]);
  const thread = await client.join(`thread:${threadId}`, { since: 0 });
  assert.deepEqual(thread.joins.entries[0], { head: 1, replay: { from: 1, to: 1, status: "complete" } });
  await thread.event("replay:done");
  assert.deepEqual([thread.events.entries[0].event, timeless(thread.events.entries[0].payload)], [
    "thread:created", { threadId, channelId: "general", messageId: root.id, userId: thread.events.entries[0].payload.userId, seq: 1 },
  ]);
  assert.ok(["alice", "bob"].includes(thread.events.entries[0].payload.userId));

  // Behind the one event comes the next thing that happened.
  const next = await bob.send("In the garden?");
  for (const room of [alice, bob]) {
    await room.numbered(next.seq);
    assert.deepEqual(room.events.entries.slice(1, -1).map(({ event, payload }) => [event, payload]), [
      ["thread:update", { threadId, messageId: root.id, channelId: "general", replyCount: 0, seq: root.seq + 1 }],
    ]);
  }

  await alice.push("message:delete", { id: next.id }).then(assert.fail, () => {});
  const gone = await alice.send("never mind");
  await alice.push("message:delete", { id: gone.id });
  await refusedWith(bob.push("thread:start", { messageId: gone.id }), { reason: "not_found" });
  await refusedWith(bob.push("thread:start", { messageId: "m_01M82SQYXEN0MX4HC777VVFS1N" }), { reason: "not_found" });
  await refusedWith(thread.push("thread:start", { messageId: root.id }), { reason: "invalid_event" });
});
