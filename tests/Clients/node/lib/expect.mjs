import assert from "node:assert/strict";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Asserts that a moment is written as the API says. */
export function moment(text) {
  assert.match(text, MOMENT);
  return text;
}

/** Asserts that numbers rise by one, from the one after `after`. */
export function dense(numbers, after) {
  assert.deepEqual(numbers, numbers.map((_, i) => after + 1 + i));
}

/** What a page of full history holds, as `[event, seq]`. */
export const changes = (page) => page.items.map(({ event, payload }) => [event, payload.seq]);

/** A payload without its moments, each of which is asserted to be one. */
export function timeless(payload) {
  const { createdAt, ...rest } = payload;
  moment(createdAt);
  return rest;
}

/** `[event, payload without createdAt]` of everything that was sent on a topic after entry `from`. */
export const told = (room, from = 0) => room.events.entries.slice(from).map(({ event, payload }) => [event, timeless(payload)]);
