// Who joins when the token has less than a minute left is warned as well.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const raw = await stage.raw("short");
  // The answer shows that the session runs, so that its first look at the token lies behind it.
  raw.send([null, "1", "phoenix", "heartbeat", {}]);
  await raw.frames.next((f) => f[1] === "1", "heartbeat reply");
  await (await stage.client("bob")).join("channel:general");
  raw.send(["2", "2", "channel:general", "phx_join", {}]);

  const [joinRef, ref, topic, , payload] = await raw.frames.next((f) => f[3] === "token:expiring", "warning", { within: 10_000 });
  const claims = JSON.parse(Buffer.from(stage.token("short").split(".")[1], "base64url"));
  assert.deepEqual([joinRef, ref, topic, Date.parse(payload.expiresAt)], ["2", null, "channel:general", claims.exp * 1000]);
});
