// What can happen to a message after it was sent, at its author and at someone else.
import assert from "node:assert/strict";
import { moment } from "../lib/expect.mjs";
import { refusedFor } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const alice = await (await stage.client("alice")).join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");
  const { id, seq } = await alice.send("first words");
  const happened = async (reply, event) => {
    assert.deepEqual(Object.keys(reply), ["seq"]);
    const seen = await Promise.all([alice, bob].map((room) => room.numbered(reply.seq)));
    assert.deepEqual(seen[0], seen[1]);
    assert.equal(seen[0].event, event);
    return seen[0].payload;
  };

  const edited = await happened(await alice.push("message:update", { id, content: "better words" }), "message:update");
  assert.deepEqual(edited, {
    id, content: "better words", editedAt: moment(edited.editedAt), seq: seq + 1, userId: "alice", channelId: "general", mentions: [],
  });

  const reactions = [["bob", "👍", "add"], ["alice", "👍", "add"], ["bob", "👍", "remove"], ["bob", "thumbsup", "add"]];
  for (const [i, [userId, emoji, action]] of reactions.entries()) {
    const room = userId === "alice" ? alice : bob;
    const reacted = await happened(await room.push("message:reaction", { messageId: id, emoji, action }), "message:reaction");
    assert.deepEqual(reacted, { messageId: id, userId, emoji, action, seq: seq + 2 + i });
  }

  await refusedFor(bob.push("message:reaction", { messageId: id, emoji: "not an emoji", action: "add" }), "invalid_reaction");

  const deleted = await happened(await alice.push("message:delete", { id }), "message:delete");
  assert.deepEqual(deleted, { id, deletedAt: moment(deleted.deletedAt), seq: seq + 6, userId: "alice", channelId: "general" });
  await refusedFor(alice.push("message:update", { id, content: "too late" }), "not_found");

  assert.equal((await alice.send("nothing was written by a refusal")).seq, seq + 7);
});
