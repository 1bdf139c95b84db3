// Bytes are no message: the push is refused, and neither its sender nor anyone else is harmed.
import assert from "node:assert/strict";
import { refusedFor } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const client = await stage.client("alice");
  const alice = await client.join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");

  const bytes = Uint8Array.from([0, 1, 2, 253, 254, 255]).buffer;
  for (const event of ["message:send", "history", "typing:start", "no:such"]) await refusedFor(alice.push(event, bytes), "invalid_payload");
  await refusedFor(alice.push("message:send", new TextEncoder().encode('{"content":"x"}').buffer), "invalid_payload");

  const start = alice.seq;
  const { seq } = await alice.send("words");
  assert.equal(seq, start + 1);
  await bob.numbered(seq);
  assert.deepEqual([client.closes.length, alice.failures.length, bob.numbers()], [0, 0, [seq]]);
});
