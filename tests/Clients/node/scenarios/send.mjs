// A message: its reply, its event at everyone who joined, and which of the two its sender sees first.
import assert from "node:assert/strict";
import { moment } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const alice = await stage.client("alice");
  const phone = await (await stage.client("alice")).join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");
  const room = await alice.join("channel:general");

  const attachment = {
    name: "plan.pdf", size: 1234, type: "application/pdf",
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", url: "https://files.example/plan.pdf",
  };
  const content = "héllo 👋 <b>\u2028\"quoted\"</b> @bob";
  const reply = await room.send(content, { attachments: [attachment], mentions: ["bob"], clientId: `send-${room.seq}` });
  assert.deepEqual(Object.keys(reply).sort(), ["createdAt", "id", "seq"]);
  moment(reply.createdAt);

  const expected = {
    id: reply.id, content, userId: "alice", channelId: "general", createdAt: reply.createdAt,
    attachments: [attachment], mentions: ["bob"], seq: reply.seq, clientId: `send-${reply.seq - 1}`,
  };
  for (const seen of [room, phone, bob]) {
    const { event, payload } = await seen.numbered(reply.seq);
    assert.equal(event, "message:new");
    assert.deepEqual(payload, expected);
  }

  const frames = alice.frames.entries;
  const broadcast = frames.findIndex((f) => f.event === "message:new" && f.payload.seq === reply.seq);
  const answer = frames.findIndex((f) => f.event === "phx_reply" && f.payload.response?.seq === reply.seq);
  assert.ok(broadcast >= 0 && broadcast < answer, `broadcast at ${broadcast}, reply at ${answer}`);
  assert.deepEqual([frames[broadcast].join_ref, frames[broadcast].ref], [null, null]);

  const plain = await bob.send("nothing else");
  assert.deepEqual((await room.numbered(plain.seq)).payload, {
    id: plain.id, content: "nothing else", userId: "bob", channelId: "general", createdAt: plain.createdAt,
    attachments: [], mentions: [], seq: plain.seq,
  });
});
