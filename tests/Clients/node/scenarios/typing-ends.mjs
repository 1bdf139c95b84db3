// Typing ends by itself: six seconds after the last start, or with the socket.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

const LIFETIME = 6_000;
// What the two clocks and a timer that is checked now and then may differ by.
const EARLY = 500;

await scenario(async (stage) => {
  const client = await stage.client("alice");
  const alice = await client.join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");
  // Typing is not replayed: bob sees it once he has seen that he is live.
  await bob.numbered((await bob.send("here")).seq);

  const since = performance.now();
  alice.channel.push("typing:start", {});
  await bob.event("typing:start");
  const stop = await bob.event("typing:stop");
  assert.ok(performance.now() - since >= LIFETIME - EARLY, `it ended after ${performance.now() - since} ms`);
  assert.deepEqual(stop.payload, { userId: "alice", channelId: "general" });

  const before = bob.events.length;
  const gone = performance.now();
  alice.channel.push("typing:start", {});
  await bob.event("typing:start", { from: before });
  client.disconnect();
  await bob.event("typing:stop", { from: before });
  assert.ok(performance.now() - gone < LIFETIME - EARLY, "the socket's end did not end it");
});
