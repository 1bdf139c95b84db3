// Several senders write as fast as they are answered while the server is killed, twice. What was acknowledged is there once,
// in order; what was not is sent again under its clientId.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { Refused } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

const PIPELINE = 4;

await scenario(async (stage) => {
  const { senders, each, killsAfter, topic } = stage.args;
  const rooms = await Promise.all(senders.map(async (user) => (await stage.client(user)).join(topic)));
  const start = rooms[0].seq;
  const acknowledged = new Map();
  let resent = 0;

  const sendReliably = async (room, who, i) => {
    const clientId = `${who}-${i}`;
    for (;;) {
      const reply = await orLost(room, room.send(`message ${clientId}`, { clientId }));
      if (reply) {
        acknowledged.set(clientId, reply);
        if (killsAfter.includes(acknowledged.size)) stage.say({ acknowledged: acknowledged.size });
        return;
      }

      resent++;
      const rejoins = room.joins.length;
      if (!room.channel.isJoined()) await room.joins.next(() => true, "the rejoin", { from: rejoins, within: 60_000 });
    }
  };

  await Promise.all(rooms.flatMap((room, who) => Array.from({ length: PIPELINE }, async (_, lane) => {
    for (let i = lane; i < each; i += PIPELINE) await sendReliably(room, who, i);
  })));

  const head = start + senders.length * each;
  for (const room of rooms) {
    assert.ok(room.joins.length >= 2 && room.joins.length <= 1 + killsAfter.length, `${room.joins.length} joins`);
    await room.numbered(head);
    dense(room.numbers(), start);
  }

  const history = await everything(rooms[0], start);
  dense(history.map((item) => item.payload.seq), start);
  assert.deepEqual(
    new Map(history.map(({ payload }) => [payload.clientId, [payload.id, payload.seq, payload.createdAt, payload.content]])),
    new Map([...acknowledged]
      .sort(([, one], [, other]) => one.seq - other.seq)
      .map(([clientId, { id, seq, createdAt }]) => [clientId, [id, seq, createdAt, `message ${clientId}`]])),
  );
  assert.equal(history.length, senders.length * each);
  return { start, head, resent };
});

/** The reply, or undefined once the connection that would have brought it is gone. */
async function orLost(room, reply) {
  reply.catch(() => {});
  try {
    return await Promise.race([reply, room.lost]);
  } catch (error) {
    if (error instanceof Refused && error.response.reason === "unavailable") return undefined;
    throw error;
  }
}

async function everything(room, start) {
  const items = [];
  for (let after = start; ;) {
    const page = await room.push("history", { after, limit: 100, mode: "full" });
    items.push(...page.items);
    if (!page.more) return items;
    after = page.items.at(-1).payload.seq;
  }
}
