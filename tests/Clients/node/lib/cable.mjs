import net from "node:net";

/** The network between a client and the server: can be cut and mended, held and released. */
export class Cable {
  #server;
  #pairs = new Set();
  #cut = false;
  #webSockets;

  /**
   * @param webSockets what becomes of an upgrade: `pass`, `refuse` (403, as a proxy does that knows none) or `swallow`
   * @returns a cable whose `url` leads to the server
   */
  static async to(url, { webSockets = "pass" } = {}) {
    const cable = new Cable();
    cable.#webSockets = webSockets;
    const { hostname, port } = new URL(url);
    cable.#server = net.createServer((near) => cable.#carry(near, { host: hostname, port: Number(port) }));
    await new Promise((resolve) => cable.#server.listen(0, "127.0.0.1", resolve));
    cable.url = `http://127.0.0.1:${cable.#server.address().port}`;
    return cable;
  }

  /** Ends what runs over it, and all that tries until `mend`. */
  cut() {
    this.#cut = true;
    for (const socket of this.#pairs) socket.destroy();
  }

  mend() {
    this.#cut = false;
  }

  /** Nothing passes any more, and nobody is told. */
  hold() {
    for (const socket of this.#pairs) socket.pause();
  }

  /** What was held passes. */
  release() {
    for (const socket of this.#pairs) socket.resume();
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #carry(near, address) {
    near.on("error", () => near.destroy());
    if (this.#cut) {
      near.destroy();
      return;
    }

    if (this.#webSockets === "pass") {
      this.#join(near, address);
      return;
    }

    // The head of a request comes in one piece from a client on the same machine.
    near.once("data", (head) => {
      if (!/^upgrade: websocket\r$/im.test(head.toString("latin1"))) this.#join(near, address, head);
      else if (this.#webSockets === "refuse") near.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      else this.#pairs.add(near);
    });
  }

  #join(near, address, head) {
    const far = net.connect(address);
    if (head) far.write(head);
    far.on("error", () => near.destroy());
    for (const [one, other] of [[near, far], [far, near]]) {
      this.#pairs.add(one);
      one.setNoDelay(true);
      one.on("close", () => {
        this.#pairs.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }
}
