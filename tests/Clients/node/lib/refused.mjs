import assert from "node:assert/strict";

/** The server said no, or nothing. */
export class Refused extends Error {
  constructor(what, response) {
    super(`${what} was refused: ${JSON.stringify(response)}`);
    this.response = response;
  }
}

/** Asserts that `promise` is refused with exactly `response`. */
export async function refusedWith(promise, response) {
  const outcome = await promise.then(
    (ok) => ({ ok }),
    (error) => (error instanceof Refused ? { refused: error.response } : Promise.reject(error)),
  );
  assert.deepEqual(outcome, { refused: response });
}

/** Asserts that `promise` is refused for `reason`; the answer may say more. */
export async function refusedFor(promise, reason) {
  const outcome = await promise.then(
    (ok) => ({ ok }),
    (error) => (error instanceof Refused ? { refused: error.response.reason } : Promise.reject(error)),
  );
  assert.deepEqual(outcome, { refused: reason });
}
