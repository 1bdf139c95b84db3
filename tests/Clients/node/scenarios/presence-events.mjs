// The events of the published API: a list with the join, then what changes of it.
import assert from "node:assert/strict";
import { moment } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { workspace } = stage.args;
  const connect = (user, device) => stage.client(`${user} of ${workspace}`, device && { more: { device } });
  const seen = async (events, count) => (await events.take(count, () => true, "event")).map(({ event, payload }) => [event, payload]);

  const alice = await (await connect("alice")).join(`presence:${workspace}`);
  const { presences } = alice.joins.entries[0];
  assert.deepEqual(presences.map(({ since, ...item }) => moment(since) && item), [
    { userId: "alice", status: "online", device: "web", devices: ["web"] },
  ]);

  const desktop = await connect("bob", "desktop");
  await seen(alice.events, 1);
  const mobile = await connect("bob", "mobile");
  await seen(alice.events, 2);
  desktop.disconnect();
  await seen(alice.events, 3);
  mobile.disconnect();
  const events = await seen(alice.events, 4);

  const [[, { since }], , , [, { lastSeen }]] = events;
  assert.ok(Date.parse(moment(since)) <= Date.parse(moment(lastSeen)));
  assert.deepEqual(events, [
    ["presence:join", { userId: "bob", status: "online", device: "desktop", devices: ["desktop"], since }],
    ["presence:update", { userId: "bob", status: "online", statusText: null, device: "mobile", devices: ["desktop", "mobile"] }],
    ["presence:update", { userId: "bob", status: "online", statusText: null, devices: ["mobile"] }],
    ["presence:leave", { userId: "bob", lastSeen }],
  ]);
});
