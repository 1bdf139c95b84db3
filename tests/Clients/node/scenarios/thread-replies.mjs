// A thread has its own numbers and its own history; its channel is told how many replies there are, its author that there are any.
import assert from "node:assert/strict";
import { dense, told } from "../lib/expect.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const [alices, bobs, carols] = [await stage.client("alice"), await stage.client("bob"), await stage.client("carol")];
  const own = await alices.join("user:alice");
  const start = own.seq;
  const alice = await alices.join("channel:general");
  const bob = await bobs.join("channel:general");
  const carol = await carols.join("channel:general");
  const root = await alice.send("Which day?");
  const { threadId, seq: opened } = await bob.push("thread:start", { messageId: root.id });
  const threads = await Promise.all([alices, bobs].map((client) => client.join(`thread:${threadId}`)));
  const [asker, answerer] = threads;

  // On the thread's topic, and from the channel by the thread's id: Carol has not joined it.
  const first = await answerer.send("Monday", { clientId: "the-first" });
  const second = await carol.send("Tuesday, @bob", { threadId, mentions: ["bob"] });
  assert.deepEqual([first.seq, second.seq], [2, 3]);
  assert.deepEqual(await answerer.send("Monday", { clientId: "the-first" }), first);
  await answerer.push("message:update", { id: first.id, content: "Monday morning" });
  await asker.push("message:reaction", { messageId: second.id, emoji: "👍", action: "add" });
  await refusedWith(asker.push("message:update", { id: second.id, content: "no" }), { reason: "forbidden" });
  await refusedWith(alice.push("message:update", { id: first.id, content: "no" }), { reason: "not_found" });
  await refusedWith(alice.send("x", { threadId: "no-such-thread" }), { reason: "not_found" });
  await answerer.push("message:delete", { id: first.id });

  await answerer.push("typing:start", {});
  assert.deepEqual((await asker.event("typing:start")).payload, { userId: "bob", channelId: "general", threadId });

  const reply = (sent, userId, content, more = {}) => ({ id: sent.id, content, userId, channelId: "general", createdAt: sent.createdAt, attachments: [], mentions: [], seq: sent.seq, threadId, ...more });
  for (const room of threads) {
    await room.numbered(6);
    dense(room.numbers(), 1);
    assert.deepEqual(room.events.entries.slice(0, 2).map(({ event, payload }) => [event, payload]), [
      ["message:new", reply(first, "bob", "Monday", { clientId: "the-first" })],
      ["message:new", reply(second, "carol", "Tuesday, @bob", { mentions: ["bob"] })],
    ]);
    assert.deepEqual(room.events.entries.slice(2, 5).map((e) => e.event), ["message:update", "message:reaction", "message:delete"]);
  }

  const full = await asker.push("history", { after: 1, mode: "full" });
  assert.deepEqual(full, { items: answerer.events.entries.filter((e) => e.payload.seq).map(({ event, payload }) => ({ event, payload })), head: 6, more: false });
  const compact = await asker.push("history", {});
  assert.deepEqual(compact.items.map((item) => [item.id, item.content, item.lastSeq]), [[first.id, undefined, 6], [second.id, "Tuesday, @bob", 5]]);
  assert.deepEqual(compact.items[1].reactions, { "👍": ["alice"] });

  // The channel hears how the thread stands in the end; counts that were overtaken may be left out.
  const stands = { threadId, messageId: root.id, channelId: "general", replyCount: 1, lastReply: { id: second.id, userId: "carol", createdAt: second.createdAt } };
  for (const room of [alice, bob, carol]) {
    const last = await room.events.next((e) => e.event === "thread:update" && e.payload.replyCount === 1 && e.payload.lastReply.id === second.id, "the last count");
    assert.deepEqual(last.payload, { ...stands, seq: last.payload.seq });
    dense(room.numbers().filter((seq) => seq > root.seq), root.seq);
  }

  assert.equal(opened, root.seq + 1);
  const { items } = await alice.push("history", { after: root.seq - 1, limit: 1 });
  assert.deepEqual([items[0].id, items[0].thread], [root.id, { threadId, replyCount: 1, lastReply: stands.lastReply }]);

  await own.events.take(3, () => true, "what concerns Alice");
  const about = (sent) => ({ channelId: "general", threadId, messageId: sent.id, messageSeq: sent.seq });
  assert.deepEqual(told(own), [
    ["notification:new", { type: "reply", ...about(first), userId: "bob", preview: "Monday", seq: start + 1 }],
    ["notification:new", { type: "reply", ...about(second), userId: "carol", preview: "Tuesday, @bob", seq: start + 2 }],
    ["notification:withdrawn", { ...about(first), seq: start + 3 }],
  ]);

  assert.deepEqual(await asker.push("read", { seq: 2 }), { seq: start + 4, unread: 1, mentions: 0 });
  await own.numbered(start + 4);
  assert.deepEqual(told(own).at(-1), ["read:update", { channelId: "general", threadId, readSeq: 2, unread: 1, mentions: 0, seq: start + 4 }]);
});
