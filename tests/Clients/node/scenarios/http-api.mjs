// The document is sound OpenAPI 3.1, and what the server answers is what it says: every operation, and refusals of each kind.
import assert from "node:assert/strict";
import { Described } from "../lib/described.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const api = await Described.of(stage.url);
  const [author, admin] = [stage.token("api-author"), stage.token("api-admin")];
  const [channels, channel, messages] = ["/api/v1/workspaces/{workspace}/channels", "/api/v1/channels/{channel}", "/api/v1/channels/{channel}/messages"];
  const [message, member] = [`${messages}/{message}`, "/api/v1/channels/{channel}/members/{user}"];

  const made = await api.call("POST", channels, { token: author, params: { workspace: "demo" }, body: { name: "described", visibility: "private" }, status: 201 });
  const at = { channel: made.id };
  assert.deepEqual(await api.call("GET", channel, { token: author, params: at, status: 200 }), made);
  await api.call("PUT", member, { token: author, params: { ...at, user: "bob" }, status: 200 });
  await api.call("DELETE", member, { token: author, params: { ...at, user: "bob" }, status: 403 });
  await api.call("DELETE", member, { token: stage.token("bob"), params: { ...at, user: "bob" }, status: 200 });

  const file = { name: "a.png", size: 1, type: "image/png", sha256: "0".repeat(64), url: "https://example.com/a.png" };
  const body = { content: "one", attachments: [file], mentions: ["bob"] };
  const sent = await api.call("POST", messages, { token: author, params: at, body, key: "once", status: 201 });
  assert.deepEqual(await api.call("POST", messages, { token: author, params: at, body, key: "once", status: 201 }), sent);
  await api.call("POST", messages, { token: author, params: at, body: { content: "two" }, key: "once", status: 409 });
  const the = { ...at, message: sent.id };
  await api.call("PATCH", message, { token: author, params: the, body: { content: "edited" }, status: 200 });
  await api.call("PUT", `${message}/reactions/{emoji}`, { token: author, params: { ...the, emoji: "👍" }, status: 200 });
  await api.call("PUT", `${message}/reactions/{emoji}`, { token: author, params: { ...the, emoji: "👍👍" }, status: 400 });
  await api.call("GET", message, { token: author, params: the, status: 200 });
  await api.call("DELETE", `${message}/reactions/{emoji}`, { token: author, params: { ...the, emoji: "👍" }, status: 200 });

  for (const mode of ["compact", "full"]) {
    await api.call("GET", messages, { token: author, params: at, query: `?mode=${mode}`, status: 200 });
    const { next } = await api.call("GET", messages, { token: author, params: at, query: `?mode=${mode}&after=0&limit=1`, status: 200 });
    if (next) await api.call("GET", messages, { token: author, params: at, query: `?cursor=${next}`, status: 200 });
  }

  await api.call("DELETE", message, { token: author, params: the, status: 200 });
  await api.call("GET", message, { token: author, params: the, status: 200 });
  await api.call("GET", messages, { token: author, params: at, query: "?cursor=forged", status: 400 });
  await api.call("GET", messages, { token: author, params: at, query: "?limit=0", status: 400 });
  await api.call("POST", messages, { token: author, params: at, body: { content: 1 }, status: 400 });
  await api.call("POST", messages, { token: author, params: at, body: { content: "x".repeat(20_000) }, status: 413 });
  await api.call("GET", channel, { token: stage.token("bob"), params: at, status: 404 });
  await api.call("GET", channel, { token: "forged", params: at, status: 401 });

  const [workspace, demo] = ["/api/v1/workspaces/{workspace}", { workspace: "demo" }];
  await api.call("POST", "/api/v1/workspaces", { token: admin, body: { name: "Described" }, key: "w", status: 201 });
  await api.call("POST", "/api/v1/workspaces", { token: admin, body: { name: "Another" }, key: "w", status: 409 });
  await api.call("POST", "/api/v1/workspaces", { token: author, body: { name: "Mine" }, status: 403 });
  await api.call("GET", "/api/v1/workspaces", { token: author, status: 200 });
  const { name } = await api.call("GET", workspace, { token: author, params: demo, status: 200 });
  await api.call("PATCH", workspace, { token: admin, params: demo, body: { name }, status: 200 });
  await api.call("PATCH", workspace, { token: admin, params: demo, body: {}, status: 400 });
  const belongs = { ...demo, user: "api-guest" };
  await api.call("PUT", `${workspace}/members/{user}`, { token: admin, params: belongs, body: { role: "moderator" }, status: 200 });
  await api.call("PUT", `${workspace}/members/{user}`, { token: author, params: belongs, body: { role: "admin" }, status: 403 });
  const { next: more } = await api.call("GET", `${workspace}/members`, { token: author, params: demo, query: "?limit=1", status: 200 });
  await api.call("GET", `${workspace}/members`, { token: author, params: demo, query: `?cursor=${more}`, status: 200 });
  await api.call("POST", `${workspace}/announcements`, { token: admin, params: demo, body: { content: "Described." }, status: 201 });
  const direct = { visibility: "direct", with: "api-guest" };
  const pair = await api.call("POST", channels, { token: author, params: demo, body: direct, status: 201 });
  assert.deepEqual(await api.call("POST", channels, { token: author, params: demo, body: direct, status: 200 }), pair);
  await api.call("GET", channels, { token: author, params: demo, query: "?archived=any", status: 200 });
  await api.call("GET", `${channel}/members`, { token: author, params: { channel: pair.id }, status: 200 });
  await api.call("PATCH", channel, { token: author, params: at, body: { name: "Mine" }, status: 403 });
  await api.call("PATCH", channel, { token: admin, params: at, body: { name: "Described", archived: true }, status: 200 });
  await api.call("POST", messages, { token: author, params: at, body: { content: "late" }, status: 409 });
  await api.call("PATCH", channel, { token: admin, params: at, body: { archived: false }, status: 200 });

  const root = await api.call("POST", messages, { token: author, params: at, body: { content: "root" }, status: 201 });
  const client = await stage.client("api-author");
  const room = await client.join(`channel:${made.id}`);
  const { threadId } = await room.push("thread:start", { messageId: root.id });
  await api.call("GET", `${workspace}/presence`, { token: author, params: demo, status: 200 });
  const [thread, replies] = ["/api/v1/threads/{thread}", "/api/v1/threads/{thread}/messages"];
  const within = { thread: threadId };
  await api.call("GET", thread, { token: author, params: within, status: 200 });
  const reply = await api.call("POST", replies, { token: author, params: within, body: { content: "reply" }, status: 201 });
  const one = { ...within, message: reply.id };
  await api.call("GET", thread, { token: author, params: within, status: 200 });
  await api.call("GET", message, { token: author, params: { ...at, message: root.id }, status: 200 });
  await api.call("GET", replies, { token: author, params: within, status: 200 });
  await api.call("GET", `${replies}/{message}`, { token: author, params: one, status: 200 });
  await api.call("PATCH", `${replies}/{message}`, { token: author, params: one, body: { content: "edited" }, status: 200 });
  await api.call("PUT", `${replies}/{message}/reactions/{emoji}`, { token: author, params: { ...one, emoji: "tada" }, status: 200 });
  await api.call("DELETE", `${replies}/{message}/reactions/{emoji}`, { token: author, params: { ...one, emoji: "tada" }, status: 200 });
  await api.call("DELETE", `${replies}/{message}`, { token: author, params: one, status: 200 });
  await api.call("GET", thread, { token: stage.token("bob"), params: within, status: 404 });
  await api.call("GET", "/api/v1/users/{user}/conversations", { token: author, params: { user: "api-author" }, status: 200 });
  await api.call("GET", "/api/v1/users/{user}/conversations", { token: author, params: { user: "bob" }, status: 403 });
  await api.call("DELETE", `${workspace}/members/{user}`, { token: admin, params: belongs, status: 200 });

  await api.call("GET", "/api/v1/cluster", { token: admin, status: 200 });
  await api.call("GET", "/api/v1/cluster", { token: author, status: 403 });
  await api.call("POST", "/api/v1/users/{user}/disconnect", { token: admin, params: { user: "api-author" }, status: 200 });
  await api.call("POST", "/api/v1/users/{user}/revoke", { token: admin, params: { user: "api-author" }, key: "k", status: 200 });
  await api.call("POST", "/api/v1/users/{user}/revoke", { token: admin, params: { user: "bob" }, key: "k", status: 409 });
  await api.call("GET", channel, { token: author, params: at, status: 401 });

  assert.deepEqual(api.succeeded.sort(), api.operations.sort());
});
