import { Log } from "./log.mjs";
import { Refused } from "./refused.mjs";

const EVENTS = [
  "message:new", "message:update", "message:delete", "message:reaction", "member:joined", "member:left",
  "typing:start", "typing:stop", "replay:done", "replay:gap", "presence:join", "presence:leave", "presence:update",
];

/**
 * A joined topic, used as an application would: it remembers the last number it saw, and the stock client joins again
 * with it by itself.
 */
export class Room {
  /** `{event, payload}` in the order in which the channel's callbacks were called. */
  events = new Log();
  /** The reply to each join, the stock client's own rejoins included. */
  joins = new Log();
  /** Each time the channel failed. */
  failures = new Log();
  /** Number of the last event seen; undefined before the first join. */
  seq;
  /** Resolves once what is in flight will not be answered any more; made anew with each join. */
  lost;
  #lose;

  constructor(client, topic, params = {}) {
    this.topic = topic;
    this.channel = client.socket.channel(topic, () => (this.seq === undefined ? params : { ...params, since: this.seq }));
    for (const event of EVENTS) this.channel.on(event, (payload) => this.#on(event, payload));
    this.channel.onError((why) => {
      this.#lose?.();
      this.failures.add(why);
    });
  }

  join() {
    return new Promise((resolve, reject) => {
      this.channel.join()
        .receive("ok", (reply) => {
          if (reply.replay === undefined) this.seq = reply.head;
          this.lost = new Promise((lose) => (this.#lose = lose));
          this.joins.add(reply);
          resolve(reply);
        })
        .receive("error", (response) => reject(new Refused(`join of ${this.topic}`, response)))
        .receive("timeout", () => reject(new Error(`join of ${this.topic}: no answer`)));
    });
  }

  push(event, payload) {
    return new Promise((resolve, reject) => {
      this.channel.push(event, payload)
        .receive("ok", resolve)
        .receive("error", (response) => reject(new Refused(event, response)))
        .receive("timeout", () => reject(new Error(`${event}: no answer`)));
    });
  }

  send(content, more = {}) {
    return this.push("message:send", { content, ...more });
  }

  leave() {
    return new Promise((resolve, reject) => {
      this.channel.leave().receive("ok", resolve).receive("timeout", () => reject(new Error("leave: no answer")));
    });
  }

  /** Waits for the event with this number. */
  numbered(seq) {
    return this.events.next((e) => e.payload.seq === seq, `event ${seq}`);
  }

  /** Waits for an event by name. */
  event(name, options) {
    return this.events.next((e) => e.event === name, name, options);
  }

  /** The numbers of all events seen after entry `from`, in their order. */
  numbers(from = 0) {
    return this.events.entries.slice(from).map((e) => e.payload.seq).filter((seq) => seq !== undefined);
  }

  #on(event, payload) {
    if (payload.seq !== undefined) this.seq = payload.seq;
    if (event === "replay:done") this.seq = payload.head;
    this.events.add({ event, payload });
  }
}
