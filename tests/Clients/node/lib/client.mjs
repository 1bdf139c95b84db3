import { Socket } from "phoenix";
import WebSocket from "ws";
import { Log } from "./log.mjs";
import { Room } from "./room.mjs";

/** A stock Phoenix client on the `ws` transport. */
export class Client {
  /** Every frame received, decoded by the client. */
  frames = new Log();
  opens = new Log();
  closes = new Log();
  errors = new Log();

  /**
   * @param via how the token travels: `params`, `header` or `subprotocol`
   * @param more connect parameters beside the token
   */
  constructor(url, token, { via = "params", more, ...options } = {}) {
    this.socket = new Socket(`${url.replace(/^http/, "ws")}/socket`, {
      transport: via === "header" ? withHeader(token) : WebSocket,
      params: { ...(via === "params" && { token }), ...more },
      ...(via === "subprotocol" && { authToken: token }),
      ...options,
    });
    this.socket.onOpen(() => this.opens.add({}));
    this.socket.onClose((event) => this.closes.add({ code: event.code, reason: event.reason }));
    this.socket.onError((error) => this.errors.add({ message: error.message }));
    this.socket.onMessage((frame) => this.frames.add(frame));
  }

  async connect() {
    this.socket.connect();
    await this.opens.next(() => true, "open");
    return this;
  }

  room(topic, params) {
    return new Room(this, topic, params);
  }

  async join(topic, params) {
    const room = this.room(topic, params);
    await room.join();
    return room;
  }

  /** Ends the TCP connection without a close frame, as a lost network does. */
  terminate() {
    this.socket.conn.terminate();
  }

  disconnect() {
    this.socket.disconnect();
  }
}

function withHeader(token) {
  return class extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols, { headers: { authorization: `Bearer ${token}` } });
    }
  };
}
