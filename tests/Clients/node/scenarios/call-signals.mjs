// Signals go between the devices that take part, as they are, to one or to all; nobody else hears or sends any, and none is kept.
import assert from "node:assert/strict";
import { Phone } from "../lib/phone.mjs";
import { refusedFor, refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

const LARGEST = 16_384;

await scenario(async (stage) => {
  const on = async (user) => Phone.on(await stage.client(user), user);
  const [alice, bob, carol] = [await on("alice"), await on("bob"), await on("carol")];
  const id = await stage.api("alice").channel("demo", "calls", "private", ["bob", "carol"]);
  const channel = await alice.client.join(`channel:${id}`);
  const { callId } = await channel.push("call:start", { type: "audio" });
  const caller = await alice.client.join(`call:${callId}`);
  const [called, third] = await Promise.all([bob, carol].map((phone) => phone.picksUp(callId)));
  const other = await (await stage.client("bob")).join(`call:${callId}`);
  await caller.events.next((e) => e.event === "call:joined", "the caller's part");
  await called.push("call:accept", {});
  const signals = (room) => room.events.entries.filter((e) => e.event === "call:signal").map((e) => e.payload);
  const signal = (room, type, data, more = {}) => room.push("call:signal", { type, data, ...more });

  await refusedWith(signal(third, "offer", {}), { reason: "forbidden" });
  await refusedWith(signal(other, "offer", {}), { reason: "forbidden" });
  const offer = { type: "offer", sdp: "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n\u2028 \"quoted\" é 👋", nested: [1, 2.5, -1e-7, null, { a: true }] };
  assert.deepEqual(await signal(caller, "offer", offer, { callId }), {});
  await called.event("call:signal");
  await third.push("call:accept", {});
  await called.events.next((e) => e.event === "call:joined" && e.payload.userId === "carol", "carol's part");

  await signal(called, "answer", "as a string", { to: "alice" });
  await signal(caller, "ice-candidate", 0.5);
  await signal(third, "ice-candidate", ["for Bob"], { to: "bob" });
  const large = "x".repeat(LARGEST - 2);
  await signal(caller, "offer", large, { to: "carol" });
  await refusedFor(signal(caller, "offer", `${large}x`), "payload_too_large");
  await refusedWith(signal(caller, "offer", {}, { to: "nobody-here" }), { reason: "not_found" });
  await refusedFor(signal(caller, "ice-candidate", null), "invalid_payload");
  await refusedFor(signal(caller, "renegotiate", {}), "invalid_payload");
  await refusedFor(signal(caller, "offer", {}, { from: "bob" }), "invalid_payload");
  await refusedFor(signal(caller, "offer", {}, { callId: "another-call" }), "invalid_payload");

  await third.push("call:end", {});
  await called.push("call:end", {});
  for (const room of [caller, called, third, other]) await room.event("call:end");
  assert.deepEqual(signals(caller), [{ callId, type: "answer", data: "as a string", from: "bob", to: "alice" }]);
  assert.deepEqual(signals(called), [
    { callId, type: "offer", data: offer, from: "alice" },
    { callId, type: "ice-candidate", data: 0.5, from: "alice" },
    { callId, type: "ice-candidate", data: ["for Bob"], from: "carol", to: "bob" },
  ]);
  assert.deepEqual(signals(third), [
    { callId, type: "ice-candidate", data: 0.5, from: "alice" },
    { callId, type: "offer", data: large, from: "alice", to: "carol" },
  ]);
  assert.deepEqual(signals(other), [], "Bob's other device takes no part");

  const later = await (await stage.client("bob")).join(`call:${callId}`, { since: 0 });
  await later.event("replay:done");
  assert.deepEqual(later.events.entries.map((e) => e.event), [
    "call:started", "call:joined", "call:joined", "call:joined", "call:left", "call:left", "call:end", "replay:done",
  ]);
});
