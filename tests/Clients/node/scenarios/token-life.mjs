// A socket ends with its token, unless the client brings a new one of its own in time.
import assert from "node:assert/strict";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const [careless, careful] = [stage.unconnected("short"), stage.unconnected("short")];
  const rooms = await Promise.all([careless, careful].map(async (client) => (await client.connect()).join("channel:general")));
  const claims = JSON.parse(Buffer.from(stage.token("short").split(".")[1], "base64url"));

  const refresh = (token) => rooms[1].push("access_token", { access_token: token });
  await refusedWith(refresh(stage.token("bob")), { reason: "unauthorized" });
  await refusedWith(refresh("garbage"), { reason: "unauthorized" });
  assert.deepEqual(await refresh(stage.token("alice")), {});

  assert.equal((await careless.closes.next(() => true, "close")).code, 4401);
  assert.ok(Date.now() >= claims.exp * 1000, "closed too early");
  assert.equal((await rooms[1].send("still here")).seq, (await rooms[1].event("message:new")).payload.seq);
  assert.equal(careful.closes.length, 0);
});
