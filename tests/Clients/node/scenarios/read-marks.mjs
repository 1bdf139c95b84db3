// What is read on one device is read on all; the counts are those of the server.
import assert from "node:assert/strict";
import { told } from "../lib/expect.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const [desktop, phone] = [await stage.client("bob"), await stage.client("bob", { more: { device: "mobile" } })];
  const [desk, pocket] = [await desktop.join("user:bob"), await phone.join("user:bob")];
  const [atDesk, onTheWay] = [await desktop.join("channel:random"), await phone.join("channel:random")];
  const alice = await (await stage.client("alice")).join("channel:random");
  await atDesk.push("read", { seq: atDesk.seq });

  const sent = [];
  for (const [content, mentions] of [["one", []], ["two, Bob", ["bob"]], ["three", []], ["four, Bob", ["bob"]]]) sent.push(await alice.send(content, { mentions }));
  await alice.push("message:reaction", { messageId: sent[0].id, emoji: "👍", action: "add" });
  const own = await onTheWay.send("mine is not unread");
  await alice.push("message:delete", { id: sent[2].id });
  await pocket.events.take(2, (e) => e.event === "notification:new", "notification");
  const notified = pocket.seq;

  assert.deepEqual(await onTheWay.push("read", { seq: sent[1].seq }), { seq: notified + 1, unread: 1, mentions: 1 });
  const first = ["read:update", { channelId: "random", readSeq: sent[1].seq, unread: 1, mentions: 1, seq: notified + 1 }];
  for (const device of [desk, pocket]) {
    await device.numbered(notified + 1);
    assert.deepEqual(told(device).at(-1), first);
  }

  assert.deepEqual(await atDesk.push("read", { seq: own.seq }), { seq: notified + 2, unread: 0, mentions: 0 });
  for (const device of [desk, pocket]) {
    await device.numbered(notified + 2);
    assert.deepEqual(told(device).at(-1), ["read:update", { channelId: "random", readSeq: own.seq, unread: 0, mentions: 0, seq: notified + 2 }]);
  }

  // A device that lags behind takes nothing back, and a repeat says nothing new.
  assert.deepEqual(await onTheWay.push("read", { seq: sent[0].seq }), { seq: notified + 2, unread: 0, mentions: 0 });
  assert.deepEqual(await onTheWay.push("read", { seq: own.seq }), { seq: notified + 2, unread: 0, mentions: 0 });
  await refusedWith(onTheWay.push("read", { seq: own.seq + 1_000 }), { reason: "invalid_cursor" });

  // All at once, in no order: the mark only rises, and each event has the counts of its own mark.
  const many = [];
  for (let i = 0; i < 12; i++) many.push(await alice.send(`many ${i}`, { mentions: i % 3 === 0 ? ["bob"] : [] }));
  await pocket.events.take(6, (e) => e.event === "notification:new", "notification");
  const before = pocket.seq;
  const left = (seq) => many.filter((m) => m.seq > seq).length;
  const mentioned = (seq) => many.filter((m, i) => i % 3 === 0 && m.seq > seq).length;
  const shuffled = [7, 2, 9, 4, 0, 11, 5, 10, 1, 8, 3, 6];
  const replies = await Promise.all(shuffled.map((i, turn) => (turn % 2 ? atDesk : onTheWay).push("read", { seq: many[i].seq })));
  await desk.numbered(Math.max(...replies.map((reply) => reply.seq)));
  const marks = desk.events.entries.filter((e) => e.payload.seq > before);
  assert.equal(marks.at(-1).payload.readSeq, many.at(-1).seq);
  for (const { payload: { readSeq, unread, mentions } } of marks) assert.deepEqual([unread, mentions], [left(readSeq), mentioned(readSeq)], `${readSeq}`);
  assert.deepEqual(marks.map((e) => e.payload.readSeq), marks.map((e) => e.payload.readSeq).sort((one, other) => one - other));
  replies.forEach(({ unread }, turn) => assert.ok(unread <= left(many[shuffled[turn]].seq), "what was read stays read"));

  const more = await alice.send("five");
  assert.deepEqual(await atDesk.push("read", { seq: more.seq }), { seq: before + marks.length + 1, unread: 0, mentions: 0 });
  for (const device of [desk, pocket]) await device.numbered(before + marks.length + 1);
  assert.deepEqual(pocket.events.entries, desk.events.entries);
});
