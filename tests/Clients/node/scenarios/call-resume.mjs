// A participant whose network goes comes back into the call with a new socket; one who does not come back has left it.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { Phone } from "../lib/phone.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const cable = await stage.cable();
  const alice = await Phone.on(await stage.client("alice"), "alice");
  const bob = await Phone.on(await stage.client("bob", { url: cable.url }), "bob");
  const id = await stage.api("alice").channel("demo", "calls", "private", ["bob"]);
  const channel = await alice.client.join(`channel:${id}`);
  const { callId } = await channel.push("call:start", { type: "audio" });
  const caller = await alice.client.join(`call:${callId}`, { since: 0 });
  const called = await bob.picksUp(callId, { since: 0 });
  await called.push("call:accept", {});
  await caller.push("call:signal", { type: "offer", data: 1 });
  await called.event("call:signal");

  cable.cut();
  await called.failures.next(() => true, "the loss");
  cable.mend();
  await called.joins.next(() => true, "the rejoin", { from: 1 });
  await called.push("call:accept", { takeover: true });
  const signals = () => called.events.entries.filter((e) => e.event === "call:signal").map((e) => e.payload.data);
  await caller.push("call:signal", { type: "offer", data: 2 });
  await called.events.next((e) => e.event === "call:signal" && e.payload.data === 2, "a signal at the new socket");
  assert.deepEqual(signals(), [1, 2]);

  cable.cut();
  const left = await caller.event("call:left");
  assert.equal(left.payload.userId, "bob");
  assert.equal((await caller.event("call:end")).payload.reason, "ended");
  cable.mend();
  await bob.hears("call:end", callId);
  await called.event("call:end");
  assert.deepEqual(called.events.entries.filter((e) => e.payload.seq), caller.events.entries.filter((e) => e.payload.seq));
  dense(called.numbers(), 0);
  dense(bob.own.numbers(), bob.own.seq - bob.own.numbers().length);
});
