import { online } from "./online.mjs";

/** How long a device may take to be back after its network or the server was away, in milliseconds. */
const BACK_WITHIN = 90_000;

/** One device of a user: a client on a network of its own, and the topics that it has joined. */
export class Device {
  rooms = new Map();

  constructor(user, client, cable) {
    Object.assign(this, { user, client, cable });
  }

  /** A device that is on. */
  static async on(stage, token, { user = token, kind, ...options }) {
    const cable = await stage.cable();
    const client = await stage.client(token, { url: cable.url, more: { device: kind }, timeout: 30_000, ...options });
    return new Device(user, client, cable);
  }

  /** Joins a topic; a later join of the same takes its place. */
  async join(topic, params) {
    const room = await this.client.join(topic, params);
    this.rooms.set(topic, room);
    return room;
  }

  room(topic) {
    return this.rooms.get(topic);
  }

  /** The user's own topic. */
  get own() {
    return this.room(`user:${this.user}`);
  }

  /** The list of who is online. */
  watches(workspace) {
    return online(this.client, workspace);
  }

  /** Waits until it rings, and joins the call. */
  async picksUp(callId) {
    await this.own.events.next((e) => e.event === "call:incoming" && e.payload.callId === callId, `the ring at ${this.user}`);
    return this.join(`call:${callId}`);
  }

  /** Its network goes. */
  async cut() {
    this.cable.cut();
    await this.#each((room) => room.failures.next(() => true, `the loss of ${room.topic}`, { from: room.failures.length }));
  }

  /** Its network is back, and so is all that it had joined. */
  async mend() {
    const back = this.isBack();
    this.cable.mend();
    await back;
  }

  /** Resolves once everything is joined again that is joined now. */
  isBack() {
    return this.#each((room) => room.joins.next(() => true, `the rejoin of ${room.topic}`, { from: room.joins.length, within: BACK_WITHIN }));
  }

  #each(wait) {
    return Promise.all([...this.rooms.values()].map(wait));
  }
}
