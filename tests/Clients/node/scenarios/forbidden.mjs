// Nobody touches the words of someone else, and what is refused leaves no trace.
import assert from "node:assert/strict";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const alice = await (await stage.client("alice")).join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");
  const { id, seq } = await alice.send("mine");

  await refusedWith(bob.push("message:update", { id, content: "yours" }), { reason: "forbidden" });
  await refusedWith(bob.push("message:delete", { id }), { reason: "forbidden" });
  await refusedWith(bob.push("message:delete", { id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" }), { reason: "not_found" });
  await refusedWith(bob.push("no:such", {}), { reason: "invalid_event" });
  for (const payload of [{}, { content: 5 }, { content: null }, { content: "x", extra: 1 }, [], "x"]) {
    const refusal = await bob.push("message:send", payload).then((ok) => ({ ok }), (error) => error.response);
    assert.equal(refusal.reason, "invalid_payload", JSON.stringify(payload));
  }

  assert.equal((await bob.send("my own")).seq, seq + 1);
  await alice.numbered(seq + 1);
  assert.deepEqual(alice.numbers(), [seq, seq + 1]);
});
