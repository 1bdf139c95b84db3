// A call rings on every device of everybody in the channel; one device of a user wins, the others hear that it did; who
// hangs up ends it, and everybody is told for how long it lasted.
import assert from "node:assert/strict";
import { timeless, told } from "../lib/expect.mjs";
import { ended, lasts, Phone } from "../lib/phone.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

const TALK = 1_200;

await scenario(async (stage) => {
  const on = async (user, device) => Phone.on(await stage.client(user, { more: { device } }), user);
  const [caller, desktop, mobile, carol] = [await on("alice", "desktop"), await on("bob", "desktop"), await on("bob", "mobile"), await on("carol", "web")];
  const id = await stage.api("alice").channel("demo", "calls", "private", ["bob", "carol"]);
  const channel = await caller.client.join(`channel:${id}`);
  await desktop.own.event("channel:joined");
  await mobile.own.event("channel:joined");
  const { own: { seq: start } } = desktop;
  const before = desktop.own.events.length;

  const { callId, seq } = await channel.push("call:start", { type: "video" });
  const call = { callId, callerId: "alice", callerName: "alice", type: "video", channelId: id };
  for (const phone of [desktop, mobile, carol]) {
    const { payload } = await phone.hears("call:incoming", callId);
    assert.deepEqual(timeless(payload), { ...call, seq: phone.own.seq });
  }

  assert.deepEqual(mobile.own.events.entries, desktop.own.events.entries);
  assert.deepEqual((await channel.numbered(seq)).event, "call:started");
  assert.deepEqual(timeless((await channel.numbered(seq)).payload), { ...call, seq });

  // The caller takes part by joining the topic.
  const room = await caller.client.join(`call:${callId}`, { since: 0 });
  assert.deepEqual(timeless((await room.event("call:started")).payload), { ...call, invited: ["alice", "bob", "carol"], seq: 1 });
  const [first, second] = await Promise.all([desktop, mobile].map((phone) => phone.picksUp(callId)));
  await room.events.next((e) => e.event === "call:joined" && e.payload.userId === "alice", "the caller's part");

  // One winner.
  const answers = await Promise.allSettled([first, second].map((device) => device.push("call:accept", {})));
  assert.deepEqual(answers.map((a) => a.status).sort(), ["fulfilled", "rejected"]);
  const lost = answers.findIndex((a) => a.status === "rejected");
  assert.deepEqual(answers[lost].reason.response, { reason: "answered_elsewhere" });
  const [winner, loser] = lost ? [first, second] : [second, first];
  const kind = lost ? "desktop" : "mobile";
  for (const phone of [desktop, mobile]) {
    assert.deepEqual(timeless((await phone.hears("call:answered", callId)).payload), { callId, userId: "bob", device: kind, seq: start + 2 });
  }

  const joined = await room.events.next((e) => e.event === "call:joined" && e.payload.userId === "bob", "bob's part");
  assert.deepEqual(timeless(joined.payload), { callId, userId: "bob", device: kind, seq: joined.payload.seq });
  assert.deepEqual(await winner.push("call:accept", { callId }), { seq: room.seq }, "an answer given twice is one answer");

  // Carol says no: at her it ends, and the call goes on.
  const carols = await carol.picksUp(callId);
  await carols.push("call:decline", {});
  const no = await carol.hears("call:end", callId);
  assert.deepEqual(timeless(no.payload), { callId, reason: "declined", duration: 0, channelId: id, seq: carol.own.seq });
  const declined = await room.event("call:declined");
  assert.deepEqual(timeless(declined.payload), { callId, userId: "carol", busy: false, seq: declined.payload.seq });

  await lasts(TALK);
  await refusedWith(loser.push("call:signal", { type: "offer", data: {} }), { reason: "forbidden" });
  await winner.push("call:end", {});
  const end = (await ended(room, callId)).payload;
  const lasted = Date.parse(end.createdAt) - Date.parse(joined.payload.createdAt);
  // Times are told in milliseconds and counted in microseconds.
  assert.ok(end.duration >= Math.floor((lasted - 1) / 1_000) && end.duration <= Math.floor((lasted + 1) / 1_000) && end.duration >= 1, `${end.duration} of ${lasted} ms`);
  const verdict = { callId, reason: "ended", duration: end.duration, channelId: id };
  for (const phone of [caller, desktop, mobile]) {
    const { payload } = await phone.hears("call:end", callId);
    assert.deepEqual(timeless(payload), { ...verdict, seq: payload.seq });
  }

  for (const heard of [channel, first, second, room]) {
    const { payload } = await ended(heard, callId);
    assert.deepEqual(timeless(payload), { ...verdict, seq: payload.seq });
  }

  assert.deepEqual(told(desktop.own, before).map(([event, { seq: number }]) => [event, number]), [
    ["call:incoming", start + 1], ["call:answered", start + 2], ["call:end", start + 3],
  ]);
  await refusedWith(winner.push("call:accept", {}), { reason: "call_ended" });
  await refusedWith(room.push("call:signal", { type: "offer", data: {} }), { reason: "call_ended" });

  // The record that stays.
  const { items } = await channel.push("history", { after: seq - 1, mode: "full" });
  assert.deepEqual(items.map((item) => [item.event, item.payload.callId]), [["call:started", callId], ["call:end", callId]]);
});
