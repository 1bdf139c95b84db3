import WebSocket from "ws";
import { Log } from "./log.mjs";

/** A WebSocket without a Phoenix client: frames as they are. */
export class RawSocket {
  /** Text messages, parsed. */
  frames = new Log();
  closes = new Log();
  #opened;

  constructor(url, token, { vsn = "2.0.0", path = "/socket/websocket" } = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, "ws")}${path}?vsn=${vsn}&token=${encodeURIComponent(token)}`);
    this.socket.on("message", (data, isBinary) => this.frames.add(isBinary ? data : JSON.parse(data.toString())));
    this.socket.on("close", (code, reason) => this.closes.add({ code, reason: reason.toString() }));
    this.#opened = new Promise((resolve, reject) => {
      this.socket.once("open", resolve);
      this.socket.once("error", reject);
    });
  }

  async connect() {
    await this.#opened;
    return this;
  }

  /** Sends an object as JSON, and a string or a buffer as it is. */
  send(frame) {
    this.socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The code with which the server closes. */
  async closed() {
    return (await this.closes.next(() => true, "close")).code;
  }

  disconnect() {
    this.socket.terminate();
  }
}

/** The answer to a handshake: `{status, body}`, 101 when it is accepted. */
export function handshake(url, query, headers = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/socket/websocket?vsn=2.0.0${query}`, { headers });
    socket.on("error", reject);
    socket.on("open", () => {
      socket.terminate();
      resolve({ status: 101 });
    });
    socket.on("unexpected-response", async (_request, response) => {
      const body = [];
      for await (const part of response) body.push(part);
      resolve({ status: response.statusCode, body: Buffer.concat(body).toString() });
    });
  });
}
