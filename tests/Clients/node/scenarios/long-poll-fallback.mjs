// A network that lets no WebSocket through: the stock client falls back to long poll by itself, and remembers it.
import assert from "node:assert/strict";
import { LongPoll } from "phoenix";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const cable = await stage.cable({ webSockets: stage.args.webSockets });
  const memory = new Map();
  const sessionStorage = { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => memory.set(key, value) };
  const client = await stage.client("alice", { url: cable.url, longPollFallbackMs: 1_000, sessionStorage });
  assert.equal(client.socket.transport, LongPoll);
  assert.equal(memory.get("phx:fallback:LongPoll"), "true");

  const alice = await client.join("channel:random");
  const bob = await (await stage.client("bob")).join("channel:random");
  const sent = await alice.send("after all");
  await bob.numbered(sent.seq);
  const answer = await bob.send("heard");
  await alice.numbered(answer.seq);
});
