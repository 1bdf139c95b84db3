// Two who write at once see one order, without a hole, and their replies name the numbers of that order.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

const EACH = 50;

await scenario(async (stage) => {
  const rooms = await Promise.all(["alice", "bob"].map(async (user) => (await stage.client(user)).join("channel:random")));
  assert.equal(rooms[0].seq, rooms[1].seq);
  const head = rooms[0].seq;

  const sends = rooms.flatMap((room, who) => Array.from({ length: EACH }, (_, i) => room.send(`${who} says ${i}`)));
  const replies = await Promise.all(sends);
  for (const room of rooms) await room.numbered(head + 2 * EACH);

  const [one, other] = rooms.map((room) => room.events.entries.filter((e) => e.event === "message:new").map((e) => e.payload));
  assert.deepEqual(one, other);
  dense(one.map((payload) => payload.seq), head);
  assert.deepEqual(
    replies.map((reply) => [reply.seq, reply.id]).sort(([a], [b]) => a - b),
    one.map((payload) => [payload.seq, payload.id]),
  );
  for (const who of [0, 1]) {
    const own = one.filter((payload) => payload.content.startsWith(`${who} says`)).map((payload) => payload.content);
    assert.deepEqual(own, Array.from({ length: EACH }, (_, i) => `${who} says ${i}`), "a sender's own order");
  }
});
