// History: final states or every change, in pages, from either end.
import assert from "node:assert/strict";
import { changes } from "../lib/expect.mjs";
import { refusedFor } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const room = await (await stage.client("alice")).join("channel:random");
  const start = room.seq;
  const sent = [];
  for (let i = 0; i < 5; i++) sent.push(await room.send(`number ${i}`));
  await room.push("message:update", { id: sent[1].id, content: "number 1, edited" });
  await room.push("message:reaction", { messageId: sent[2].id, emoji: "👍", action: "add" });
  await room.push("message:delete", { id: sent[3].id });
  const head = start + 8;
  const history = (query) => room.push("history", query);
  await room.numbered(head);

  const everything = await history({ after: start, mode: "full" });
  assert.deepEqual(everything.items, room.events.entries.map(({ event, payload }) => ({ event, payload })));
  assert.deepEqual([everything.head, everything.more], [head, false]);

  const first = await history({ after: start, limit: 3, mode: "full" });
  assert.deepEqual(changes(first).map(([, seq]) => seq), [start + 1, start + 2, start + 3]);
  assert.equal(first.more, true);
  const last = await history({ before: head, limit: 2, mode: "full" });
  assert.deepEqual(changes(last), [["message:update", head - 2], ["message:reaction", head - 1]]);
  assert.equal(last.more, true);
  assert.deepEqual(await history({ after: head, mode: "full" }), { items: [], head, more: false });

  const { items, more } = await history({ after: start, mode: "compact" });
  assert.equal(more, false);
  assert.deepEqual(items.map((item) => [item.id, item.content]), [
    [sent[0].id, "number 0"], [sent[1].id, "number 1, edited"], [sent[2].id, "number 2"], [sent[3].id, undefined], [sent[4].id, "number 4"],
  ]);
  assert.equal(items[1].editedAt !== undefined && items[1].lastSeq, start + 6);
  assert.deepEqual([items[2].reactions, items[2].lastSeq], [{ "👍": ["alice"] }, start + 7]);
  assert.deepEqual(Object.keys(items[3]).sort(), ["channelId", "createdAt", "deletedAt", "id", "lastSeq", "seq", "userId"]);

  const page = await history({ before: sent[4].seq, limit: 2 });
  assert.deepEqual(page.items.map((item) => item.seq), [sent[2].seq, sent[3].seq]);
  assert.deepEqual([page.head, page.more], [head, true]);

  await refusedFor(history({ limit: 101 }), "invalid_payload");
  await refusedFor(history({ limit: 0 }), "invalid_payload");
  await refusedFor(history({ before: 1, after: 1 }), "invalid_payload");
  await refusedFor(history({ mode: "brief" }), "invalid_payload");
});
