/** How long anything may take before a scenario gives up on it, in milliseconds. */
export const BOUND = 15_000;

/** What happened, in order; can be waited on. */
export class Log {
  entries = [];
  #waiting = new Set();

  get length() {
    return this.entries.length;
  }

  add(entry) {
    this.entries.push(entry);
    for (const look of [...this.#waiting]) look();
  }

  /** The first entry that fits, already there or still to come. */
  next(fits, what, { from = 0, within = BOUND } = {}) {
    return this.#until(() => this.entries.slice(from).find(fits), what, within);
  }

  /** All entries that fit, once there are `count` of them. */
  async take(count, fits, what, { from = 0, within = BOUND } = {}) {
    const found = () => this.entries.slice(from).filter(fits);
    await this.#until(() => found().length >= count, `${count} × ${what}`, within);
    return found();
  }

  #until(look, what, within) {
    return new Promise((resolve, reject) => {
      const finish = (settle, value) => {
        clearTimeout(limit);
        this.#waiting.delete(check);
        settle(value);
      };
      const limit = setTimeout(() => finish(reject, new Error(`${what}: not within ${within} ms`)), within);
      const check = () => {
        const found = look();
        if (found) finish(resolve, found);
      };
      this.#waiting.add(check);
      check();
    });
  }
}
