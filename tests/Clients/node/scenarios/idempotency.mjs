// A send that is repeated under its clientId is the same send; the key is the user's own.
import assert from "node:assert/strict";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const alice = await (await stage.client("alice")).join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");
  const clientId = `once-${alice.seq}`;

  const both = await Promise.all([alice.send("once", { clientId }), alice.send("once", { clientId })]);
  const again = await (await (await stage.client("alice")).join("channel:general")).send("once", { clientId });
  assert.deepEqual(both[1], both[0]);
  assert.deepEqual(again, both[0]);
  await refusedWith(alice.send("something else", { clientId }), { reason: "idempotency_conflict" });

  const others = await bob.send("once", { clientId });
  assert.notEqual(others.id, both[0].id);
  await bob.numbered(others.seq);
  assert.deepEqual(bob.numbers(), [both[0].seq, both[0].seq + 1]);
});
