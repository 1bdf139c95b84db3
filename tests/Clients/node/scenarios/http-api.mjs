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

  await api.call("GET", "/api/v1/cluster", { token: admin, status: 200 });
  await api.call("GET", "/api/v1/cluster", { token: author, status: 403 });
  await api.call("POST", "/api/v1/users/{user}/disconnect", { token: admin, params: { user: "api-author" }, status: 200 });
  await api.call("POST", "/api/v1/users/{user}/revoke", { token: admin, params: { user: "api-author" }, key: "k", status: 200 });
  await api.call("POST", "/api/v1/users/{user}/revoke", { token: admin, params: { user: "bob" }, key: "k", status: 409 });
  await api.call("GET", channel, { token: author, params: at, status: 401 });

  assert.deepEqual(api.succeeded.sort(), api.operations.sort());
});
