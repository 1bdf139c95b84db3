// After a leave nothing more comes and nothing more is taken; the topic can be joined again.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const client = await stage.client("alice");
  const bob = await (await stage.client("bob")).join("channel:general");
  const first = await client.join("channel:general");
  assert.deepEqual(await first.leave(), {});
  await client.frames.next((f) => f.event === "phx_close", "phx_close");
  const left = client.frames.length;
  const unseen = await bob.send("nobody listens");

  // The stock client would hold this back itself; the server has to know on its own.
  client.socket.push({ topic: "channel:general", event: "message:send", payload: { content: "x" }, ref: "900", join_ref: null });
  const unmatched = await client.frames.next((f) => f.ref === "900", "answer");
  assert.deepEqual(unmatched.payload, { status: "error", response: { reason: "unmatched topic" } });

  const second = await client.join("channel:general");
  assert.equal(second.seq, unseen.seq);
  const { seq } = await second.send("back");
  await second.numbered(seq);
  assert.equal(client.frames.entries.slice(left).filter((f) => f.event === "message:new").length, 1);
  assert.equal(first.events.length, 0);

  // A second join of a topic that is joined: the stock client leaves the first by itself.
  const third = client.room("channel:general");
  client.socket.leaveOpenTopic = () => {};
  await third.join();
  const closed = await client.frames.next((f) => f.event === "phx_close", "phx_close", { from: left });
  assert.equal(closed.join_ref, closed.ref);
  await third.send("and again");
});
