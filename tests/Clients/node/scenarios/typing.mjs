// Typing goes to the others and not back to its sender.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const alice = await (await stage.client("alice")).join("channel:general");
  const bob = await (await stage.client("bob")).join("channel:general");
  // Typing is not replayed: bob sees it once he has seen that he is live.
  await bob.numbered((await bob.send("here")).seq);
  const before = alice.events.length;

  for (const event of ["typing:start", "typing:stop"]) {
    alice.channel.push(event, {});
    assert.deepEqual((await bob.event(event)).payload, { userId: "alice", channelId: "general" });
  }

  // Whatever alice was to see of it would have come before this.
  const fence = await bob.send("fence");
  await alice.numbered(fence.seq);
  const seen = alice.events.entries.slice(before).map((e) => e.event);
  assert.deepEqual(seen.filter((event) => event.startsWith("typing")), []);
});
