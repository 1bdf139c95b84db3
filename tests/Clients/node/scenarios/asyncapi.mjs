// The document is sound AsyncAPI 3, and what goes over the socket is what it says: every push is granted once, and every frame that comes is described.
import assert from "node:assert/strict";
import { DescribedSocket } from "../lib/described-socket.mjs";
import { scenario } from "../lib/scenario.mjs";

class Talker {
  #refs = 0;

  constructor(described, socket) {
    this.described = described;
    this.socket = socket;
  }

  /** Pushes; the reply must grant it. Gives back the response. */
  async ask(topic, event, payload = {}) {
    const push = [null, String(++this.#refs), topic, event, payload];
    this.socket.send(push);
    const reply = await this.socket.frames.next((f) => f[3] === "phx_reply" && f[1] === push[1], `reply to ${event}`);
    this.described.exchanged(push, reply);
    return reply[4].response;
  }

  next(topic, event) {
    return this.socket.frames.next((f) => f[2] === topic && f[3] === event, event);
  }
}

await scenario(async (stage) => {
  const described = await DescribedSocket.of(stage.url);
  const [one, other] = await Promise.all(["socket-one", "socket-other"].map(async (user) => new Talker(described, await stage.raw(user))));
  const http = async (method, path, body) => {
    const headers = { Authorization: `Bearer ${stage.token("socket-one")}`, "Content-Type": "application/json" };
    const answer = await fetch(`${stage.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.json();
  };
  await one.ask("phoenix", "heartbeat");
  await one.ask("workspace:demo", "phx_join", { since: 0 });
  const { id: channelId } = await http("POST", "/workspaces/demo/channels", { name: "described", visibility: "private" });
  await http("PUT", `/channels/${channelId}/members/socket-other`);

  const channel = `channel:${channelId}`;
  await one.ask(channel, "phx_join", { since: 0, mode: "compact" });
  await other.ask("user:socket-other", "phx_join", { since: 0 });
  await other.ask(channel, "phx_join");
  const talk = async (topic) => {
    const { id } = await one.ask(topic, "message:send", { content: "Hello", mentions: ["socket-other"], clientId: "c-1" });
    const { id: gone, seq } = await one.ask(topic, "message:send", { content: "a slip" });
    await one.ask(topic, "message:update", { id, content: "Hello, you" });
    await other.ask(topic, "message:reaction", { messageId: id, emoji: "👍", action: "add" });
    await one.ask(topic, "message:delete", { id: gone });
    await other.ask(topic, "typing:start");
    await other.ask(topic, "typing:stop");
    await other.ask(topic, "read", { seq });
    for (const mode of ["compact", "full"]) await one.ask(topic, "history", { limit: 10, mode });
    return id;
  };
  const messageId = await talk(channel);
  const { threadId } = await one.ask(channel, "thread:start", { messageId });
  const thread = `thread:${threadId}`;
  await one.ask(thread, "phx_join", { since: 0 });
  await other.ask(thread, "phx_join");
  await talk(thread);

  await one.ask("user:socket-one", "phx_join");
  await one.ask("user:socket-one", "presence:update", { status: "away", statusText: "Lunch" });
  await one.ask("presence:demo", "phx_join", { format: "phoenix" });
  await other.ask("presence:demo", "phx_join");

  const ring = async () => {
    const { callId } = await one.ask(channel, "call:start", { type: "video" });
    await other.socket.frames.next((f) => f[3] === "call:incoming" && f[4].callId === callId, "ring");
    const call = `call:${callId}`;
    await one.ask(call, "phx_join", { since: 0 });
    await other.ask(call, "phx_join", { since: 0 });
    return call;
  };
  const declined = await ring();
  await other.ask(declined, "call:decline");
  await other.next(declined, "call:end");
  const call = await ring();
  await other.ask(call, "call:accept");
  await one.ask(call, "call:signal", { type: "offer", data: { sdp: "v=0" } });
  await other.next(call, "call:signal");
  await one.ask(call, "call:end");

  for (const topic of [channel, thread, "workspace:demo", "user:socket-one", "presence:demo", call]) {
    await one.ask(topic, "access_token", { access_token: stage.token("socket-one") });
    await one.ask(topic, "phx_leave");
    await one.next(topic, "phx_close");
  }

  for (const { socket } of [one, other]) {
    const events = socket.frames.entries.filter((frame) => frame[3] !== "phx_reply");
    assert.ok(events.length > 10);
    for (const frame of events) described.heard(frame);
  }

  assert.deepEqual(described.granted.sort(), described.asked.sort());
});
