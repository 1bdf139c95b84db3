// What the wire does not allow ends the socket that sent it with 1007, and no other.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

const FAULTS = [
  "", "ping", "{}", "[]", '["1","1","channel:general","phx_join"]', '["1","1","channel:general","phx_join",{}',
  '["1","1","channel:general","phx_join",{}]x', `["1","1","channel:general","phx_join",${"[".repeat(99)}${"]".repeat(99)}]`,
  '["1","1","channel:general","phx_join","\\ud83d"]',
  Buffer.from([]), Buffer.from([0]), Buffer.from([2, 0, 0]), Buffer.from([9, 9, 9, 9, 9]), Buffer.from([0, 255, 1, 1, 1, 49]),
];

await scenario(async (stage) => {
  const bystander = await stage.client("bob");
  const bob = await bystander.join("channel:general");

  for (const fault of FAULTS) {
    const raw = await stage.raw("alice");
    raw.send(fault);
    assert.equal(await raw.closed(), 1007, `after ${Buffer.isBuffer(fault) ? fault.toString("hex") : fault.slice(0, 80)}`);
  }

  await bob.send("undisturbed");
  assert.deepEqual([bystander.closes.length, bob.failures.length], [0, 0]);
});
