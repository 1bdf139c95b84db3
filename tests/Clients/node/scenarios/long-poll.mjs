// A stock client that was told to use long poll: joins, sends and hears what a client on a WebSocket does.
import assert from "node:assert/strict";
import { LongPoll } from "phoenix";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

// More than the 100 lines of one POST.
const BURST = 250;

await scenario(async (stage) => {
  const client = await stage.client("alice", { transport: LongPoll, via: stage.args.via });
  const alice = await client.join("channel:random");
  const bob = await (await stage.client("bob")).join("channel:random");
  const start = alice.seq;

  const first = await alice.send("over HTTP");
  const second = await bob.send("over a socket");
  await alice.numbered(second.seq);
  await bob.numbered(second.seq);
  assert.deepEqual(alice.events.entries, bob.events.entries, "both hear the same");
  assert.equal(alice.events.entries[0].payload.seq, first.seq);
  assert.equal(alice.events.entries[0].payload.userId, "alice");

  const long = "ü🙂\"\\\u2028".repeat(1_200);
  const sent = await alice.send(long);
  assert.equal((await bob.numbered(sent.seq)).payload.content, long);
  assert.equal((await alice.numbered(sent.seq)).payload.content, long);

  const replies = await Promise.all(Array.from({ length: BURST }, (_, i) => alice.send(`burst ${i}`)));
  dense(replies.map((reply) => reply.seq), sent.seq);
  const last = replies.at(-1).seq;
  await alice.numbered(last);
  await bob.numbered(last);
  dense(alice.numbers(), start);

  await bob.push("typing:start", {});
  assert.equal((await alice.event("typing:start")).payload.userId, "bob");
  await alice.leave();
  assert.equal(client.closes.length, 0, "the session lasted");
  assert.equal(client.errors.length, 0);
});
