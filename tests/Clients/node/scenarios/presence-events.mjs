// The events of the published API: a list with the join, then what changes of it.
import assert from "node:assert/strict";
import { moment } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { workspace } = stage.args;
  const connect = (user, device) => stage.client(`${user} of ${workspace}`, device && { more: { device } });
  const seen = async (events, count) => (await events.take(count, () => true, "event")).map(({ event, payload }) => [event, payload]);

  const alice = await (await connect("alice")).join(`presence:${workspace}`);
  // Whoever has just connected is in the list, or comes a moment behind it.
  const { presences } = alice.joins.entries[0];
  const behind = presences.length === 0 ? 1 : 0;
  const own = behind === 0 ? presences : (await seen(alice.events, 1)).map(([, payload]) => payload);
  assert.deepEqual(own.map(({ since, ...item }) => moment(since) && item), [
    { userId: "alice", status: "online", device: "web", devices: ["web"] },
  ]);

  const desktop = await connect("bob", "desktop");
  await seen(alice.events, 1 + behind);
  const mobile = await connect("bob", "mobile");
  await seen(alice.events, 2 + behind);
  desktop.disconnect();
  await seen(alice.events, 3 + behind);
  mobile.disconnect();
  const events = (await seen(alice.events, 4 + behind)).slice(behind);

  const [[, { since }], , , [, { lastSeen }]] = events;
  assert.ok(Date.parse(moment(since)) <= Date.parse(moment(lastSeen)));
  assert.deepEqual(events, [
    ["presence:join", { userId: "bob", status: "online", device: "desktop", devices: ["desktop"], since }],
    ["presence:update", { userId: "bob", status: "online", statusText: null, device: "mobile", devices: ["desktop", "mobile"] }],
    ["presence:update", { userId: "bob", status: "online", statusText: null, devices: ["mobile"] }],
    ["presence:leave", { userId: "bob", lastSeen }],
  ]);
});
