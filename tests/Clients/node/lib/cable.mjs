import net from "node:net";

/** The network between a client and the server: can be cut and mended. */
export class Cable {
  #server;
  #pairs = new Set();
  #cut = false;

  /** @returns a cable whose `url` leads to the server */
  static async to(url) {
    const cable = new Cable();
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

    const far = net.connect(address);
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
