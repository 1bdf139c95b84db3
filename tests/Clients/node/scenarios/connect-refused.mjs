// A refused token is 403 with an empty body, whatever is wrong with it; a stock client sees an error and never opens.
import assert from "node:assert/strict";
import { setTimeout as glance } from "node:timers/promises";
import { handshake } from "../lib/raw-socket.mjs";
import { scenario } from "../lib/scenario.mjs";

const tampered = (token) => {
  const [header, , signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  return [header, Buffer.from(JSON.stringify({ ...claims, sub: "root" })).toString("base64url"), signature].join(".");
};
const unsigned = (token) =>
  `${Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url")}.${token.split(".")[1]}.`;

await scenario(async (stage) => {
  const { expiring } = stage.args.tokens;
  while ((await handshake(stage.url, `&token=${expiring}`)).status === 101) await glance(100);

  const good = stage.token("alice");
  const bad = { none: "", garbage: "garbage", tampered: tampered(good), unsigned: unsigned(good), expired: expiring };
  for (const [why, token] of Object.entries(bad)) {
    const refusal = { status: 403, body: "" };
    assert.deepEqual(await handshake(stage.url, token && `&token=${token}`), refusal, why);
    assert.deepEqual(await handshake(stage.url, "", token && { authorization: `Bearer ${token}` }), refusal, why);
  }

  for (const via of ["params", "header", "subprotocol"]) {
    const client = stage.unconnected("alice", { token: bad.tampered, via });
    client.socket.connect();
    const { message } = await client.errors.next(() => true, "error");
    assert.equal(message, "Unexpected server response: 403");
    assert.equal(client.opens.length, 0);
    client.disconnect();
  }
});
