import { Log } from "./log.mjs";
import { Refused } from "./refused.mjs";

/** What the protocol itself sends on a topic, and the stock client's own name for a reply. */
const OF_THE_PROTOCOL = /^(phx_|chan_reply_)/;

/**
 * A joined topic, used as an application would: it remembers the last number it saw, and the stock client joins again
 * with it by itself.
 */
export class Room {
  /** `{event, payload}` of everything that the server sent on the topic, whatever its name, in its order. */
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
    this.params = params;
    this.channel = client.socket.channel(topic, () => (this.seq === undefined ? params : { ...params, since: this.seq }));
    this.channel.onMessage = (event, payload) => {
      if (!OF_THE_PROTOCOL.test(event)) this.#on(event, payload);
      return payload;
    };
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
        .receive("timeout", () => reject(new Error(`${event} on ${this.topic}: no answer`)));
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
