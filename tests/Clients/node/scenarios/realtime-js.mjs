// Supabase's realtime-js, unchanged: it brings its token with each join and, as tokens change, by a push on every topic that
// is joined. So it stays connected past the end of the token that it joined with.
import assert from "node:assert/strict";
import { RealtimeChannel, RealtimeClient } from "@supabase/realtime-js";
import WebSocket from "ws";
import { Log } from "../lib/log.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const [joinedWith, laterOn, foreign] = ["short", "later", "bob"].map((name) => stage.token(name));
  const end = JSON.parse(Buffer.from(joinedWith.split(".")[1], "base64url")).exp * 1_000;
  const [sent, got, closes] = [new Log(), new Log(), new Log()];
  class Tapped extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols);
      this.on("message", (data) => got.add(JSON.parse(data)));
      this.on("close", (code) => closes.add({ code }));
    }

    send(data) {
      sent.add(JSON.parse(data));
      super.send(data);
    }
  }

  const current = { token: joinedWith };
  const client = new RealtimeClient(`${stage.url.replace(/^http/, "ws")}/socket`, {
    params: { apikey: "unused", token: stage.token("alice") },
    transport: Tapped,
    accessToken: async () => current.token,
    // With each heartbeat it asks for the token of that moment.
    heartbeatIntervalMs: 500,
    reconnectAfterMs: () => 100,
  });
  await client.setAuth();
  const heard = new Log();
  const subscribe = (topic) => {
    // Its own `channel()` would put its service's prefix in front of the topic.
    const channel = new RealtimeChannel(topic, { config: {} }, client);
    client.channels.push(channel);
    const states = new Log();
    channel.on("message:new", {}, (payload) => heard.add(payload)).subscribe((state, error) => states.add({ state, error }));
    return { channel, states };
  };
  const pushed = (event, token, from = 0) => sent.next(([, , , name, payload]) => name === event && payload.access_token === token, event, { from });
  const answered = async (frame, status, response) => {
    const [, , , , payload] = await got.next(([, ref, topic, event]) => event === "phx_reply" && topic === frame[2] && ref === frame[1], "the answer");
    assert.deepEqual([payload.status, response ?? payload.response], [status, payload.response]);
  };

  const general = subscribe("channel:general");
  await general.states.next((s) => s.state === "SUBSCRIBED", "the subscription");
  const join = await pushed("phx_join", joinedWith);
  assert.equal(typeof join[4].config, "object");

  current.token = laterOn;
  const refresh = await pushed("access_token", laterOn);
  assert.ok(Date.now() < end, "refreshed in time");
  await answered(refresh, "ok", {});

  // Past the end of the token that it joined with, which the server's own notice of the time tells.
  const bob = await (await stage.client("bob")).join("channel:general");
  await answered(await sent.next(([, , topic]) => topic === "phoenix" && Date.now() > end + 1_000, "a heartbeat later on", { from: sent.length }), "ok", {});
  const after = await bob.send("still there?");
  assert.equal((await heard.next((m) => m.id === after.id, "the message")).seq, after.seq);
  assert.equal(closes.length, 0);

  // What it sends when it comes back is more than what it sent first.
  const before = sent.length;
  client.socketAdapter.socket.conn.terminate();
  const rejoin = await pushed("phx_join", laterOn, before);
  assert.match(rejoin[4].version, /^realtime-js\//);
  await answered(rejoin, "ok");
  const back = await bob.send("welcome back");
  await heard.next((m) => m.id === back.id, "the message after the reconnect");

  // Somebody else's token counts for nothing, and the socket stays whose it was.
  current.token = foreign;
  await answered(await pushed("access_token", foreign), "error", { reason: "unauthorized" });
  const random = subscribe("channel:random");
  const { error } = await random.states.next((s) => s.state === "CHANNEL_ERROR", "the refusal");
  assert.equal(error.message, JSON.stringify("unauthorized"));
  await answered(await pushed("phx_join", foreign), "error", { reason: "unauthorized" });
  const last = await bob.send("and still there");
  assert.equal((await heard.next((m) => m.id === last.id, "the last message")).seq, last.seq);
  assert.equal(closes.length, 1);
  await client.disconnect();
});
