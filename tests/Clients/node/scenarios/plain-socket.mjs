// The plain WebSocket endpoint: no client library, a path without /websocket.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const raw = await stage.raw("alice", { path: "/socket" });
  raw.send(["1", "1", "channel:general", "phx_join", {}]);
  const joined = await raw.frames.next((f) => f[1] === "1", "join");
  raw.send(["1", "2", "channel:general", "message:send", { content: "by hand" }]);
  const [joinRef, ref, topic, event, { status, response }] = await raw.frames.next((f) => f[1] === "2", "reply");
  assert.deepEqual([joinRef, ref, topic, event, status], ["1", "2", "channel:general", "phx_reply", "ok"]);
  assert.equal(response.seq, joined[4].response.head + 1);
});
