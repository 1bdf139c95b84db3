// Several senders write as fast as they are answered while the server is killed, twice. What was acknowledged is there once,
// in order; what was not is sent again under its clientId.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { Refused } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

const PIPELINE = 4;

await scenario(async (stage) => {
  const { senders, kills, between, topic } = stage.args;
  const rooms = await Promise.all(senders.map(async (user) => (await stage.client(user)).join(topic)));
  const start = rooms[0].seq;
  const acknowledged = new Map();
  let resent = 0;
  let asked = 0;
  let sinceAsked = 0;
  let enough = false;

  // A kill is asked for when everyone is back from the one before and writing; they write on until it comes.
  const onAcknowledged = (clientId, reply) => {
    acknowledged.set(clientId, reply);
    if (++sinceAsked < between || !rooms.every((room) => room.joins.length === asked + 1)) return;
    sinceAsked = 0;
    if (asked < kills) stage.say({ kill: ++asked });
    else enough = true;
  };

  const sendReliably = async (room, clientId) => {
    for (;;) {
      const reply = await orLost(room, room.send(`message ${clientId}`, { clientId }));
      if (reply) return onAcknowledged(clientId, reply);
      resent++;
      const rejoins = room.joins.length;
      if (!room.channel.isJoined()) await room.joins.next(() => true, "the rejoin", { from: rejoins, within: 60_000 });
    }
  };

  await Promise.all(rooms.flatMap((room, who) => Array.from({ length: PIPELINE }, async (_, lane) => {
    for (let i = 0; !enough; i++) await sendReliably(room, `${who}-${lane}-${i}`);
  })));

  const head = start + acknowledged.size;
  for (const room of rooms) {
    await room.numbered(head);
    dense(room.numbers(), start);
    assert.equal(room.joins.length, 1 + kills);
  }

  const history = await everything(rooms[0], start);
  dense(history.map((item) => item.payload.seq), start);
  assert.equal(history.length, acknowledged.size);
  assert.deepEqual(
    history.map(({ payload }) => [payload.clientId, payload.id, payload.seq, payload.createdAt, payload.content]),
    [...acknowledged]
      .sort(([, one], [, other]) => one.seq - other.seq)
      .map(([clientId, { id, seq, createdAt }]) => [clientId, id, seq, createdAt, `message ${clientId}`]),
  );
  return { head, resent };
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
