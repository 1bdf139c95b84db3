// A stock client enters with its token in one of the three places, and is who the token says.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const alice = await stage.client("alice", { via: stage.args.via });
  const room = alice.room("channel:general");
  const reply = await room.join();
  assert.deepEqual(Object.keys(reply), ["head"]);
  assert.ok(Number.isSafeInteger(reply.head) && reply.head >= 0);

  const sent = await room.send(`in by ${stage.args.via}`);
  assert.equal(sent.seq, reply.head + 1);
  assert.equal((await room.numbered(sent.seq)).payload.userId, "alice");
});
