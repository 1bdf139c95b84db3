import { inspect } from "node:util";
import { Api } from "./api.mjs";
import { Cable } from "./cable.mjs";
import { Client } from "./client.mjs";
import { RawSocket } from "./raw-socket.mjs";

/** What a scenario plays on: the server, its tokens, and all that has to be ended afterwards. */
class Stage {
  #ends = [];
  #clients = [];

  constructor(args) {
    this.args = args;
    this.url = args.url;
  }

  token(user) {
    const token = this.args.tokens[user];
    if (!token) throw new Error(`no token of ${user}`);
    return token;
  }

  /** A connected stock client. */
  client(user, { url = this.url, ...options } = {}) {
    return this.unconnected(user, { url, ...options }).connect();
  }

  /** A stock client that has not been told to connect. */
  unconnected(user, { url = this.url, token = this.token(user), ...options } = {}) {
    const client = new Client(url, token, options);
    this.#clients.push([user, client]);
    this.#ends.push(() => client.disconnect());
    return client;
  }

  /** A connected bare WebSocket. */
  raw(user, options) {
    const socket = new RawSocket(this.url, this.token(user), options);
    this.#clients.push([user, socket]);
    this.#ends.push(() => socket.disconnect());
    return socket.connect();
  }

  /** The HTTP API in the hands of a user. */
  api(user) {
    return new Api(this.url, this.token(user));
  }

  /** A network of its own, which can be cut. */
  async cable(options) {
    const cable = await Cable.to(this.url, options);
    this.#ends.push(() => cable.close());
    return cable;
  }

  /** Tells the test something. */
  say(line) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }

  /** The last frames of everyone, for a report of failure. */
  transcript() {
    return this.#clients
      .map(([user, client]) => {
        const frames = client.frames.entries.slice(-12).map((frame) => JSON.stringify(frame).slice(0, 400));
        return `${user} closes ${JSON.stringify(client.closes.entries)}, last frames:\n  ${frames.join("\n  ")}`;
      })
      .join("\n");
  }

  end() {
    for (const end of this.#ends) end();
  }
}

/** Plays a scenario; its result is the last line, and only a scenario that reached its end has one. */
export async function scenario(play) {
  const stage = new Stage(JSON.parse(process.argv[2]));
  let limit;
  const late = new Promise((_, reject) => {
    limit = setTimeout(() => reject(new Error("the scenario did not end in time")), stage.args.limitMs);
  });
  let code = 0;
  try {
    const result = await Promise.race([play(stage), late]);
    stage.say({ done: true, ...result });
  } catch (error) {
    code = 1;
    process.stderr.write(`${inspect(error, { depth: 8 })}\n${stage.transcript()}\n`);
  }

  clearTimeout(limit);
  stage.end();
  // Sockets that are still closing keep the process no longer than its last words need.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
}
