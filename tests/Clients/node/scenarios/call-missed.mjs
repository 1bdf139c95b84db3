// Calls that nobody answers: the caller gives up, everybody declines, or the time is over.
import assert from "node:assert/strict";
import { timeless } from "../lib/expect.mjs";
import { ended, Phone } from "../lib/phone.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const on = async (user) => Phone.on(await stage.client(user), user);
  const [alice, bob, carol] = [await on("alice"), await on("bob"), await on("carol")];
  const id = await stage.api("alice").channel("demo", "calls", "private", ["bob", "carol"]);
  const channel = await alice.client.join(`channel:${id}`);
  const ring = async () => {
    const { callId } = await channel.push("call:start", { type: "audio" });
    const caller = await alice.client.join(`call:${callId}`);
    await caller.event("call:joined");
    return { callId, caller };
  };
  const allHear = async (callId, caller, reason) => {
    for (const room of [caller, channel, alice.own]) {
      const { payload } = await ended(room, callId);
      assert.deepEqual(timeless(payload), { callId, reason, duration: 0, channelId: id, seq: payload.seq });
    }
  };
  const misses = async (phone, callId, reason) => {
    const { payload } = await phone.hears("call:end", callId);
    assert.deepEqual(timeless(payload), { callId, reason, duration: 0, channelId: id, seq: payload.seq });
  };

  const first = await ring();
  await bob.hears("call:incoming", first.callId);
  await first.caller.push("call:end", {});
  await allHear(first.callId, first.caller, "missed");
  for (const phone of [bob, carol]) await misses(phone, first.callId, "missed");

  const second = await ring();
  for (const phone of [bob, carol]) await (await phone.picksUp(second.callId)).push("call:decline", {});
  await allHear(second.callId, second.caller, "declined");
  for (const phone of [bob, carol]) await misses(phone, second.callId, "declined");

  const third = await ring();
  const late = await bob.picksUp(third.callId);
  await allHear(third.callId, third.caller, "missed");
  for (const phone of [bob, carol]) await misses(phone, third.callId, "missed");
  await refusedWith(late.push("call:accept", {}), { reason: "call_ended" });

  // Who was away finds the missed calls when they come back.
  const away = await (await stage.client("carol")).join("user:carol", { since: 0 });
  await away.event("replay:done");
  const calls = [first, second, third].map(({ callId }) => callId);
  assert.deepEqual(away.events.entries.filter((e) => calls.includes(e.payload.callId)).map(({ event, payload }) => [event, payload.callId, payload.reason]), [
    ["call:incoming", calls[0], undefined], ["call:end", calls[0], "missed"],
    ["call:incoming", calls[1], undefined], ["call:end", calls[1], "declined"],
    ["call:incoming", calls[2], undefined], ["call:end", calls[2], "missed"],
  ]);
});
