// Two who call each other at once meet in one call; who is in a call is busy for another one, and finds it missed.
import assert from "node:assert/strict";
import { timeless } from "../lib/expect.mjs";
import { Phone } from "../lib/phone.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const on = async (user) => Phone.on(await stage.client(user), user);
  const [alice, bob, carol] = [await on("alice"), await on("bob"), await on("carol")];
  const id = await stage.api("alice").channel("demo", "calls", "private", ["bob"]);
  const other = await stage.api("carol").channel("demo", "more calls", "private", ["alice", "bob"]);
  const channels = await Promise.all([alice, bob].map((phone) => phone.client.join(`channel:${id}`)));
  const [one, two] = await Promise.all(channels.map((channel) => channel.push("call:start", { type: "audio" })));
  assert.equal(one.callId, two.callId, "glare");
  const { callId } = one;
  const rooms = await Promise.all([alice, bob].map((phone) => phone.client.join(`call:${callId}`)));
  await Promise.all(rooms.map((room) => room.push("call:accept", {})));
  for (const phone of [alice, bob]) await phone.hears("call:answered", callId);

  const elsewhere = await carol.client.join(`channel:${other}`);
  const second = await elsewhere.push("call:start", { type: "video" });
  const ringing = await carol.client.join(`call:${second.callId}`, { since: 0 });
  for (const phone of [alice, bob]) {
    const { payload } = await phone.hears("call:end", second.callId);
    assert.deepEqual(timeless(payload), { callId: second.callId, reason: "missed", duration: 0, channelId: other, seq: payload.seq });
    assert.ok(!phone.own.events.entries.some((e) => e.event === "call:incoming" && e.payload.callId === second.callId), "it does not ring");
  }

  await ringing.events.take(2, (e) => e.event === "call:declined", "busy");
  for (const { payload } of ringing.events.entries.filter((e) => e.event === "call:declined")) {
    assert.deepEqual(timeless(payload), { callId: second.callId, userId: payload.userId, busy: true, seq: payload.seq });
  }

  // There is nobody left whom it could ring for.
  assert.equal((await ringing.event("call:end")).payload.reason, "declined");
  await rooms[0].push("call:end", {});
  for (const room of rooms) await room.event("call:end");
});
