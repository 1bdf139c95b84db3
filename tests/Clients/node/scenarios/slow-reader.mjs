// A client that stops reading is cut off with 4410, slows nobody, and resumes where it was.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

// More than the server holds for one socket (1 MiB) and all that the system holds between the two.
const MESSAGES = 1_200;
const PIPELINE = 60;
const CONTENT = "x".repeat(16 * 1024 - 8);

await scenario(async (stage) => {
  const client = await stage.client("alice");
  const alice = await client.join("channel:random");
  const bob = await (await stage.client("bob")).join("channel:random");
  const carol = await (await stage.client("carol")).join("channel:random");
  const start = alice.seq;

  client.socket.conn.pause();
  for (let i = 0; i < MESSAGES; i += PIPELINE) {
    await Promise.all(Array.from({ length: PIPELINE }, (_, lane) => bob.send(`${i + lane}`.padStart(8) + CONTENT)));
  }

  await carol.numbered(start + MESSAGES);
  assert.equal(alice.events.length, 0);
  client.socket.conn.resume();

  const { code } = await client.closes.next(() => true, "close", { within: 30_000 });
  assert.equal(code, 4410);
  await alice.events.next((e) => e.payload.seq === start + MESSAGES, "the last message", { within: 30_000 });
  dense(alice.numbers(), start);
  assert.deepEqual(alice.events.entries.filter((e) => e.event === "message:new"), carol.events.entries);
});
