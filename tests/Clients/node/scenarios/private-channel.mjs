// A private channel is its members' alone: others are not told that it is there, and who leaves is out of it and of its
// threads on every device, and hears nothing that is said afterwards.
import assert from "node:assert/strict";
import { told } from "../lib/expect.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

const OUT_WITHIN = 2_000;

await scenario(async (stage) => {
  const [alices, desktop, phone, carols] = [await stage.client("alice"), await stage.client("bob"), await stage.client("bob"), await stage.client("carol")];
  const bobs = await Promise.all([desktop, phone].map((client) => client.join("user:bob")));
  const [carol, workspace] = [await carols.join("user:carol"), await carols.join("workspace:demo")];
  const { seq: start } = bobs[0];
  const id = await stage.api("alice").channel("demo", "Plans", "private", ["bob"]);
  const topic = `channel:${id}`;

  const place = { channelId: id, workspaceId: "demo", name: "Plans", visibility: "private" };
  for (const own of bobs) {
    await own.numbered(start + 1);
    assert.deepEqual(told(own), [["channel:joined", { ...place, by: "alice", seq: start + 1 }]]);
  }

  const alice = await alices.join(topic);
  const rooms = await Promise.all([desktop, phone].map((client) => client.join(topic, { since: 0 })));
  await rooms[0].event("replay:done");
  assert.deepEqual(told({ events: { entries: rooms[0].events.entries.slice(0, 3) } }), [
    ["channel:created", { ...place, seq: 1 }],
    ["member:joined", { userId: "alice", channelId: id, by: "alice", seq: 2 }],
    ["member:joined", { userId: "bob", channelId: id, by: "alice", seq: 3 }],
  ]);

  const stranger = carols.room(topic);
  await refusedWith(stranger.join(), { reason: "unauthorized" });
  stranger.channel.leave();
  const root = await alice.send("Nobody else is to know, Carol", { mentions: ["carol"] });
  const { threadId } = await alice.push("thread:start", { messageId: root.id });
  const thread = await alices.join(`thread:${threadId}`);
  const threads = await Promise.all([desktop, phone].map((client) => client.join(`thread:${threadId}`)));
  await refusedWith(carols.room(`thread:${threadId}`).join(), { reason: "unauthorized" });

  const left = Date.now();
  await stage.api("bob").call("DELETE", `/channels/${id}/members/bob`);
  for (const client of [desktop, phone]) {
    for (const gone of [topic, `thread:${threadId}`]) {
      await client.frames.next((f) => f.event === "phx_close" && f.topic === gone, `the end of ${gone}`, { within: OUT_WITHIN });
    }
  }

  assert.ok(Date.now() - left < OUT_WITHIN);
  for (const own of bobs) {
    await own.numbered(start + 2);
    assert.deepEqual(told(own).at(-1), ["channel:left", { channelId: id, by: "bob", seq: start + 2 }]);
  }

  const [seen, heard] = [rooms, threads].map((all) => all.map((room) => room.events.length));
  await alice.send("Bob is gone", { mentions: ["bob"] });
  await thread.send("here as well", { mentions: ["bob"] });
  await refusedWith(rejoined(desktop, topic), { reason: "unauthorized" });

  // Behind it: whatever was to come of that is there now.
  const general = await alices.join("channel:general");
  const fence = await general.send("All of you", { mentions: ["bob", "carol"] });
  for (const own of [...bobs, carol]) await own.events.next((e) => e.payload.messageId === fence.id, "the fence");
  assert.deepEqual(rooms.map((room) => room.events.length), seen);
  assert.deepEqual(threads.map((room) => room.events.length), heard);
  assert.deepEqual(told(bobs[0]).map(([event]) => event), ["channel:joined", "channel:left", "notification:new"]);
  assert.deepEqual(told(carol).map(([event]) => event), ["notification:new"]);
  assert.deepEqual(told(workspace), []);
});

async function rejoined(client, topic) {
  const room = client.room(topic);
  try {
    return await room.join();
  } finally {
    // Or the stock client would ask for ever.
    room.channel.leave();
  }
}
