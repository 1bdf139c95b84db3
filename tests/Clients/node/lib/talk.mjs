import assert from "node:assert/strict";
import { Refused } from "./refused.mjs";

const EMOJI = ["👍", "🎉", "❤️", ":eyes:", "👩🏽‍💻"];

/** Numbers that only look random: the same seed, the same day. */
export function dice(first) {
  let state = first >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const seed = () => Math.floor(next() * 2 ** 31);
  return {
    seed,
    another: () => dice(seed()),
    chance: (p) => next() < p,
    below: (n) => Math.floor(next() * n),
    of: (list) => list[Math.floor(next() * list.length)],
  };
}

/** What a user does in a conversation: says things, some of them twice, and changes their mind; reacts to others. */
export async function talk(room, { turns, people, roll, name }) {
  const own = [];
  const others = () => room.events.entries.filter((e) => e.event === "message:new").map((e) => e.payload.id);
  for (let turn = 0; turn < turns; turn++) {
    if (own.length > 0 && roll.chance(0.15)) {
      await room.push("message:update", { id: roll.of(own), content: `${name}, on second thoughts ${turn}` });
    } else if (own.length > 2 && roll.chance(0.1)) {
      await room.push("message:delete", { id: own.splice(roll.below(own.length), 1)[0] });
    } else if (others().length > 0 && roll.chance(0.3)) {
      // Its author may have deleted it a moment ago.
      await room.push("message:reaction", { messageId: roll.of(others()), emoji: roll.of(EMOJI), action: roll.chance(0.8) ? "add" : "remove" }).catch(ignore("not_found"));
    } else {
      const clientId = `${name}-${room.topic}-${roll.seed()}`;
      const mentions = roll.chance(0.25) ? [roll.of(people)] : [];
      if (roll.chance(0.2)) await room.push("typing:start", {});
      const send = () => room.send(`${name} says ${turn}`, { clientId, mentions });
      const [sent, again] = roll.chance(0.15) ? await Promise.all([send(), send()]) : [await send()];
      assert.deepEqual(again ?? sent, sent, "said twice is said once");
      own.push(sent.id);
    }
  }

  return own;
}

const ignore = (reason) => (error) => {
  if (!(error instanceof Refused) || error.response.reason !== reason) throw error;
};
