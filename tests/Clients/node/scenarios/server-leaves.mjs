// A server that is asked to stop says 1012 (a long poll hears 410); the stock client waits for the next one and resumes there.
import assert from "node:assert/strict";
import { LongPoll } from "phoenix";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { longPoll } = stage.args;
  const client = await stage.client("alice", longPoll ? { transport: LongPoll } : {});
  const alice = await client.join("channel:general");
  const start = alice.seq;
  const before = await alice.send("before the restart", { clientId: "before-the-restart" });
  await alice.numbered(before.seq);
  stage.say({ ready: true });

  assert.equal((await client.closes.next(() => true, "close")).code, longPoll ? 3410 : 1012);
  const again = await alice.joins.next(() => true, "the rejoin", { from: 1, within: 60_000 });
  assert.deepEqual(again, { head: before.seq, replay: { from: before.seq + 1, to: before.seq, status: "complete" } });
  assert.deepEqual((await alice.event("replay:done")).payload, { head: before.seq });

  assert.deepEqual(await alice.send("before the restart", { clientId: "before-the-restart" }), before);
  const after = await alice.send("after the restart");
  await alice.numbered(after.seq);
  dense(alice.numbers(), start);

  const page = await alice.push("history", { after: start });
  assert.deepEqual(page.items.map((item) => item.content), ["before the restart", "after the restart"]);
});
