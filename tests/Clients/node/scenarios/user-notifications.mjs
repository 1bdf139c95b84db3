// Who is mentioned hears of it on all their devices, once for each message, and hears when the message is taken back.
import assert from "node:assert/strict";
import { told } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const own = async (user, device) => (await stage.client(user, { more: { device } })).join(`user:${user}`);
  const [desktop, mobile, carol] = [await own("bob", "desktop"), await own("bob", "mobile"), await own("carol", "web")];
  const sender = await own("alice", "web");
  const channel = await (await stage.client("alice")).join("channel:general");
  const bobs = await (await stage.client("bob")).join("channel:general");
  const [start, carols, senders] = [desktop.seq, carol.seq, sender.seq];
  assert.equal(mobile.seq, start);

  const sent = await channel.send("Bob, have you seen this?", { mentions: ["bob", "alice", "nobody-here"] });
  await desktop.numbered(start + 1);
  await channel.push("message:update", { id: sent.id, content: "Bob and Carol, have you?", mentions: ["bob", "carol"] });
  await carol.numbered(carols + 1);
  await channel.push("message:delete", { id: sent.id });
  await carol.numbered(carols + 2);
  // Behind everything before: what has not come by now does not come.
  const last = await channel.send("Good night.", { mentions: ["bob", "carol"] });
  const back = await bobs.send("Good night, Alice.", { mentions: ["alice"] });
  const about = { channelId: "general", messageId: sent.id, messageSeq: sent.seq };
  const good = { type: "mention", channelId: "general", messageId: last.id, messageSeq: last.seq, userId: "alice", preview: "Good night." };

  for (const device of [desktop, mobile]) {
    await device.numbered(start + 3);
    assert.deepEqual(told(device), [
      ["notification:new", { type: "mention", ...about, userId: "alice", preview: "Bob, have you seen this?", seq: start + 1 }],
      ["notification:withdrawn", { ...about, seq: start + 2 }],
      ["notification:new", { ...good, seq: start + 3 }],
    ]);
  }

  assert.deepEqual(mobile.events.entries, desktop.events.entries, "one event, the same for each device");
  await carol.numbered(carols + 3);
  assert.deepEqual(told(carol), [
    ["notification:new", { type: "mention", ...about, userId: "alice", preview: "Bob and Carol, have you?", seq: carols + 1 }],
    ["notification:withdrawn", { ...about, seq: carols + 2 }],
    ["notification:new", { ...good, seq: carols + 3 }],
  ]);
  await sender.numbered(senders + 1);
  assert.deepEqual(told(sender), [["notification:new", {
    type: "mention", channelId: "general", messageId: back.id, messageSeq: back.seq, userId: "bob", preview: "Good night, Alice.", seq: senders + 1,
  }]]);
});
