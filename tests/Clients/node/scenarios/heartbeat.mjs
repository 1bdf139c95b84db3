// The stock client's heartbeat is answered, and the connection lives on it.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const client = await stage.client("alice", { heartbeatIntervalMs: 500 });
  const beats = await client.frames.take(3, (f) => f.topic === "phoenix", "heartbeat reply");
  for (const { join_ref, ref, event, payload } of beats) {
    assert.deepEqual([join_ref, typeof ref, event, payload], [null, "string", "phx_reply", { status: "ok", response: {} }]);
  }

  assert.deepEqual([client.opens.length, client.closes.length, client.errors.length], [1, 0, 0]);
});
