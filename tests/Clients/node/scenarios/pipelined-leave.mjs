// A leave ends the join at its place among the frames: what was sent before it is answered, what comes after it meets a
// topic that is not joined, and a join behind it starts anew.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

const TOPIC = "channel:general";

await scenario(async (stage) => {
  const raw = await stage.raw("alice");
  const head = (await (await stage.client("bob")).join(TOPIC)).seq;
  const frames = [
    ["1", "1", TOPIC, "phx_join", {}], ["1", "2", TOPIC, "message:send", { content: "before the leave" }], ["1", "3", TOPIC, "phx_leave", {}],
    ["1", "4", TOPIC, "message:send", { content: "after the leave" }],
    ["5", "5", TOPIC, "phx_join", {}], ["5", "6", TOPIC, "message:send", { content: "joined again" }],
  ];
  for (const frame of frames) raw.send(frame);
  await raw.frames.next((f) => f[1] === "6", "the last reply");

  const seen = raw.frames.entries.map(([joinRef, ref, , event, payload]) => [joinRef, ref, event, payload.response?.reason ?? payload.content ?? payload.status]);
  assert.deepEqual(seen, [
    ["1", "1", "phx_reply", "ok"],
    [null, null, "message:new", "before the leave"],
    ["1", "2", "phx_reply", "ok"],
    ["1", "3", "phx_reply", "ok"],
    ["1", "1", "phx_close", undefined],
    [null, "4", "phx_reply", "unmatched topic"],
    ["5", "5", "phx_reply", "ok"],
    [null, null, "message:new", "joined again"],
    ["5", "6", "phx_reply", "ok"],
  ]);
  assert.equal(raw.frames.entries.at(-1)[4].response.seq, head + 2);
});
