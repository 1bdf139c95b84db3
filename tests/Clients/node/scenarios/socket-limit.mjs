// One socket more than a user may have closes the oldest with 4409, and only that one.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { limit } = stage.args;
  const sockets = [];
  for (let i = 0; i <= limit; i++) sockets.push(await stage.raw("carol"));
  assert.equal(await sockets[0].closed(), 4409);

  for (const socket of sockets.slice(1)) {
    socket.send([null, "1", "phoenix", "heartbeat", {}]);
    await socket.frames.next((f) => f[1] === "1", "heartbeat reply");
  }

  assert.equal(sockets.filter((socket) => socket.closes.length > 0).length, 1);
});
