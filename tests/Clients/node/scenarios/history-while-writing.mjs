// A page of history that is read while others write shows one moment: nothing in it is newer than its head.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

const ROUNDS = 100;

await scenario(async (stage) => {
  const alice = await (await stage.client("alice")).join("channel:random");
  const bob = await (await stage.client("bob")).join("channel:random");
  const first = await bob.send("to be edited");
  const after = first.seq - 1;

  for (let i = 0; i < ROUNDS; i++) {
    const writes = [bob.send(`while ${i}`), bob.push("message:update", { id: first.id, content: `edit ${i}` })];
    const pages = await Promise.all([
      alice.push("history", { limit: 10 }), alice.push("history", { after, limit: 10 }), alice.push("history", { limit: 10, mode: "full" }),
    ]);
    await Promise.all(writes);
    for (const { items, head } of pages) {
      const newest = Math.max(...items.map((item) => item.lastSeq ?? item.payload.seq));
      assert.ok(newest <= head, `round ${i}: an item of ${newest} in a page of head ${head}`);
    }
  }
});
