import { LongPoll } from "phoenix";
import { Device } from "./device.mjs";

/** Two workspaces, ten users, nineteen devices, and what each of them has joined. */
export class Office {
  static demo = ["alice", "bob", "carol", "dave", "erin", "frank"];
  static acme = ["grace", "heidi", "ivan", "judy"];
  static team = ["alice", "bob", "carol"];
  /** Who is online in each workspace, and on what. */
  static everybody = {
    demo: {
      alice: ["desktop", "mobile", "web"], bob: ["desktop", "mobile", "web"], carol: ["mobile", "web"], dave: ["mobile", "web"], erin: ["web"], frank: ["web"],
    },
    acme: { alice: ["web"], grace: ["desktop", "mobile", "web"], heidi: ["web"], ivan: ["web"], judy: ["web"] },
  };

  devices = [];

  constructor(stage) {
    this.stage = stage;
  }

  /** Makes the private channels, and everybody comes. */
  async open() {
    this.team = await this.stage.api("alice").channel("demo", "team", "private", ["bob", "carol"]);
    this.hall = await this.stage.api("grace").channel("acme", "hall", "private", ["heidi", "ivan", "judy", "alice"]);
    this.topics = { general: "channel:general", random: "channel:random", team: `channel:${this.team}`, hall: `channel:${this.hall}` };
    for (const [workspace, users] of Object.entries(Office.everybody)) {
      for (const [user, kinds] of Object.entries(users)) {
        for (const kind of kinds) await this.#come(workspace, user, kind);
      }
    }
  }

  /** A user's devices that have joined a topic. */
  of(user, topic = `user:${user}`) {
    return this.devices.filter((device) => device.user === user && device.room(topic));
  }

  /** A user's first device that has joined a topic. */
  one(user, topic) {
    return this.of(user, topic)[0];
  }

  /** One of these users' devices that have joined a topic and are not away: which is left to the dice. */
  atHand(user, topic, roll, away = []) {
    return roll.of(this.of(user, topic).filter((device) => !away.includes(device)));
  }

  /** A device goes for good. */
  goes(device) {
    device.client.disconnect();
    this.devices.splice(this.devices.indexOf(device), 1);
  }

  async #come(workspace, user, kind) {
    const { general, random, team, hall } = this.topics;
    const token = workspace === "acme" && user === "alice" ? "alice of acme" : user;
    // One network lets no WebSocket through.
    const device = await Device.on(this.stage, token, { user, kind, ...(user === "ivan" && { transport: LongPoll }) });
    const places = workspace === "acme" ? [hall] : ["workspace:demo", general, random, ...(Office.team.includes(user) ? [team] : [])];
    for (const topic of [`user:${user}`, ...places]) {
      // One device of the day is told final states only.
      await device.join(topic, user === "dave" && kind === "mobile" && topic === general ? { since: 0, mode: "compact" } : {});
    }

    this.devices.push(device);
  }
}
