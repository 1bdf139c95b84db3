import assert from "node:assert/strict";
import { dense } from "./expect.mjs";
import { shown, shownBy } from "./messages.mjs";

const numbered = (events) => events.filter(({ payload }) => payload.seq !== undefined).map(({ event, payload }) => ({ event, payload }));

/** A stream as the server tells it from its beginning to a client that has never seen it. */
export async function truth(client, topic) {
  const room = await client.join(topic, { since: 0 });
  const { payload: { head } } = await room.event("replay:done");
  const events = numbered(room.events.entries);
  dense(events.map((e) => e.payload.seq), 0);
  assert.equal(events.length, head);
  if (/^(channel|thread):/.test(topic)) await agrees(room, events, head);
  return { events, head };
}

/** Asserts that a device's view of a stream is that part of the truth that it was there for. */
export function sees(room, { events, head }) {
  const first = room.joins.entries[0];
  const start = first.replay === undefined ? first.head : first.replay.from - 1;
  const view = numbered(room.events.entries);
  assert.deepEqual(view, events.slice(start, start + view.length), room.topic);
  assert.equal(start + view.length, head, `${room.topic} is complete`);
}

/** Asserts that a device that was sent away had seen the truth until then, and nothing later. */
export function seesUntilThen(room, { events }) {
  const start = room.joins.entries[0].head;
  const view = numbered(room.events.entries);
  assert.deepEqual(view, events.slice(start, start + view.length), room.topic);
  assert.ok(start + view.length < events.length);
}

/** Asserts that a device that is told final states ends with the same messages. */
export function seesInTheEnd(room, { events }) {
  assert.deepEqual(shown(room.events.entries), shown(events), room.topic);
}

// History in pages, from either end and in either mode, says what the replay says.
async function agrees(room, events, head) {
  const forwards = await pages((last) => room.push("history", { after: last?.payload.seq ?? 0, limit: 100, mode: "full" }));
  assert.deepEqual(forwards, events, `${room.topic} in pages`);
  const backwards = await pages((last) => room.push("history", { before: last?.seq ?? head + 1, limit: 40, mode: "compact" }), true);
  assert.deepEqual(shownBy(backwards), shown(events), `${room.topic}, compact`);
}

async function pages(next, backwards = false) {
  const all = [];
  for (let last; ;) {
    const { items, more } = await next(last);
    if (backwards) all.unshift(...items);
    else all.push(...items);
    if (!more) return all;
    last = backwards ? items[0] : items.at(-1);
  }
}
