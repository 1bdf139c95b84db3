import { Presence } from "phoenix";
import { Log } from "./log.mjs";

/** The list of who is online, kept by the stock client's `Presence` class. */
export class Online {
  /** `["join" | "leave", user, devices before, devices it is about]` in the order of the callbacks. */
  calls = new Log();
  /** What the list was after each sync: `{user: [device …]}`. */
  lists = new Log();

  constructor(channel) {
    this.presence = new Presence(channel);
    const devices = (presence) => presence?.metas.map((meta) => meta.device).sort();
    this.presence.onJoin((user, current, fresh) => this.calls.add(["join", user, devices(current), devices(fresh)]));
    this.presence.onLeave((user, current, left) => this.calls.add(["leave", user, devices(current), devices(left)]));
    this.presence.onSync(() => this.lists.add(this.list()));
  }

  list() {
    return Object.fromEntries(this.presence.list((user, { metas }) => [user, metas.map((meta) => meta.device).sort()]).sort());
  }

  metas(user) {
    return this.presence.state[user]?.metas;
  }

  /** Waits until the list is just this. */
  becomes(list, options) {
    const wanted = JSON.stringify(list);
    return this.lists.next((l) => JSON.stringify(l) === wanted, wanted, options);
  }
}

/** Joins the workspace's presence in Phoenix's format. */
export async function online(client, workspace) {
  const channel = client.socket.channel(`presence:${workspace}`, { format: "phoenix" });
  const list = new Online(channel);
  list.reply = await new Promise((resolve, reject) => {
    channel.join().receive("ok", resolve).receive("error", (why) => reject(new Error(JSON.stringify(why))));
  });
  list.channel = channel;
  return list;
}
