// A message may be 16 KiB long, counted in bytes of UTF-8, and arrives whole.
import assert from "node:assert/strict";
import { refusedFor } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

const LIMIT = 16 * 1024;

await scenario(async (stage) => {
  const alice = await (await stage.client("alice")).join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");

  for (const content of ["a".repeat(LIMIT), "é".repeat(LIMIT / 2), "👋".repeat(LIMIT / 4)]) {
    const { seq } = await alice.send(content);
    assert.equal((await bob.numbered(seq)).payload.content, content);
    await refusedFor(alice.send(`${content}a`), "payload_too_large");
  }

  assert.equal(bob.numbers().length, 3);
});
