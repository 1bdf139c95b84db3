// A frame may be 64 KiB long; a longer one ends the socket with 1009, and a stock client comes back.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

const LIMIT = 64 * 1024;

// A frame of exactly `size` bytes.
function frame(size) {
  const empty = JSON.stringify(["1", "2", "channel:general", "message:send", { content: "" }]);
  return JSON.stringify(["1", "2", "channel:general", "message:send", { content: "a".repeat(size - empty.length) }]);
}

await scenario(async (stage) => {
  const raw = await stage.raw("alice");
  raw.send(["1", "1", "channel:general", "phx_join", {}]);
  await raw.frames.next((f) => f[1] === "1", "join");
  raw.send(frame(LIMIT));
  const refusal = await raw.frames.next((f) => f[1] === "2", "refusal");
  assert.equal(refusal[4].response.reason, "payload_too_large");
  raw.send(frame(LIMIT + 1));
  assert.equal(await raw.closed(), 1009);

  const client = await stage.client("alice");
  const room = await client.join("channel:general");
  room.channel.push("message:send", { content: "a".repeat(LIMIT) });
  assert.equal((await client.closes.next(() => true, "close")).code, 1009);
  await room.joins.next(() => true, "the rejoin", { from: 1 });
  await room.send("back");
});
