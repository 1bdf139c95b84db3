// A thread's connection that dies again and again while others reply: none missing, none twice, and the channel counts right.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

const LOSSES = 3;
const BETWEEN = 15;

await scenario(async (stage) => {
  const client = await stage.client("alice");
  const channel = await client.join("channel:random");
  const root = await channel.send("a long thread");
  const { threadId } = await channel.push("thread:start", { messageId: root.id });
  const thread = await client.join(`thread:${threadId}`, { since: 0 });
  const writers = await Promise.all(["bob", "carol"].map(async (user) => (await stage.client(user)).join(`thread:${threadId}`)));

  let writing = true;
  const written = Promise.all(writers.map(async (room) => {
    let count = 0;
    for (; writing; count++) await room.send(`reply ${count}`);
    return count;
  }));

  try {
    for (let loss = 1; loss <= LOSSES; loss++) {
      const seen = thread.events.length;
      await thread.events.take(BETWEEN, (e) => e.event === "message:new", "reply under load", { from: seen });
      client.terminate();
      await thread.joins.next(() => true, `rejoin ${loss}`, { from: loss });
    }
  } finally {
    writing = false;
  }

  const replies = (await written).reduce((sum, count) => sum + count);
  await thread.numbered(1 + replies);
  dense(thread.numbers(), 0);
  assert.equal(thread.joins.length, LOSSES + 1);
  const last = await channel.events.next((e) => e.event === "thread:update" && e.payload.replyCount === replies, "the last count");
  assert.equal(last.payload.lastReply.id, thread.events.entries.findLast((e) => e.event === "message:new").payload.id);
  dense(channel.numbers().filter((seq) => seq > root.seq), root.seq);
  const counts = channel.events.entries.filter((e) => e.event === "thread:update").map((e) => e.payload.replyCount);
  assert.deepEqual(counts, [...new Set(counts)].sort((one, other) => one - other), "counts rise");
});
