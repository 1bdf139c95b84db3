import { setTimeout as passed } from "node:timers/promises";

/** A device as a calling application uses it: it hears the user's own topic, and joins a call when there is one. */
export class Phone {
  constructor(client, user, own) {
    Object.assign(this, { client, user, own });
  }

  /** A device that is on: connected, with the user's own topic joined. */
  static async on(client, user) {
    return new Phone(client, user, await client.join(`user:${user}`));
  }

  /** What the user's own topic said of a call, by the event's name. */
  hears(event, callId) {
    return this.own.events.next((e) => e.event === event && e.payload.callId === callId, `${event} at ${this.user}`);
  }

  /** Waits until it rings, and joins the call. */
  async picksUp(callId, params) {
    await this.hears("call:incoming", callId);
    return this.client.join(`call:${callId}`, params);
  }
}

/** The end of a call as a topic told it. */
export const ended = (room, callId) => room.events.next((e) => e.event === "call:end" && e.payload.callId === callId, "call:end");

/** Lets a call last. */
export const lasts = (milliseconds) => passed(milliseconds);
