import { readFile } from "node:fs/promises";
import http from "node:http";
import { chromium } from "playwright-core";
import { Log } from "./log.mjs";

const FLAGS = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  // Two pages on one machine: they are to see each other's address, which may be the loopback alone.
  "--disable-features=WebRtcHideLocalIpsWithMdns", "--allow-loopback-in-peer-connection",
];

const FILES = {
  "/": ["page/index.html", "text/html"],
  "/call.mjs": ["page/call.mjs", "text/javascript"],
  "/phoenix.mjs": ["node_modules/phoenix/priv/static/phoenix.mjs", "text/javascript"],
};

/** Serves the page; its origin is the port's. */
export async function serve(port) {
  const server = http.createServer(async ({ url }, response) => {
    const [file, type] = FILES[url] ?? [];
    response.writeHead(file ? 200 : 404, { "content-type": type ?? "text/plain" });
    response.end(file && (await readFile(new URL(`../${file}`, import.meta.url))));
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** Starts a browser. */
export const launch = (executablePath) => chromium.launch({ executablePath, args: FLAGS });

/** A page of a browser, and what its network carried. */
export class Page {
  /** Frames of its socket, as `{sent, frame}`. */
  frames = new Log();
  /** What it complained of. */
  complaints = new Log();

  static async open(browser, url) {
    const page = new Page();
    page.tab = await (await browser.newContext({ viewport: { width: 760, height: 620 } })).newPage();
    page.tab.on("pageerror", (error) => page.complaints.add(String(error)));
    page.tab.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => page.frames.add({ sent: true, frame: JSON.parse(payload) }));
      socket.on("framereceived", ({ payload }) => page.frames.add({ sent: false, frame: JSON.parse(payload) }));
    });
    await page.tab.goto(url);
    return page;
  }

  /** Waits until the page's log says it. */
  says(text) {
    return this.tab.getByText(text).first().waitFor();
  }

  click(name) {
    return this.tab.getByRole("button", { name, disabled: false }).click();
  }

  /** The signals that its network carried, as `[type, data]`. */
  signals({ sent }) {
    return this.frames.entries
      .filter((f) => f.sent === sent && f.frame[3] === "call:signal")
      .map(({ frame: [, , , , { type, data }] }) => [type, data]);
  }
}
