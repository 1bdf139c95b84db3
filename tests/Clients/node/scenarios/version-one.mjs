// A V1 client beside a stock V2 client: maps instead of lists, the same conversation.
import assert from "node:assert/strict";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const stock = await (await stage.client("bob")).join("channel:general");
  const raw = await stage.raw("alice", { vsn: "1.0.0" });
  const ask = async (topic, event, payload, ref) => {
    raw.send({ topic, event, payload, ref });
    return raw.frames.next((f) => f.ref === ref, `answer ${ref}`);
  };

  assert.deepEqual(await ask("phoenix", "heartbeat", {}, "1"), {
    topic: "phoenix", event: "phx_reply", ref: "1", payload: { status: "ok", response: {} },
  });
  assert.deepEqual(await ask("channel:general", "phx_join", {}, "2"), {
    topic: "channel:general", event: "phx_reply", ref: "2", payload: { status: "ok", response: { head: stock.seq } },
  });
  assert.deepEqual((await ask("channel:nowhere", "phx_join", {}, "3")).payload, { status: "error", response: { reason: "unauthorized" } });

  const sent = await ask("channel:general", "message:send", { content: "from V1" }, "4");
  assert.deepEqual([sent.event, sent.payload.status], ["phx_reply", "ok"]);
  const { seq } = sent.payload.response;
  const seenByStock = await stock.numbered(seq);
  assert.deepEqual(raw.frames.entries.find((f) => f.payload.seq === seq), {
    topic: "channel:general", event: "message:new", ref: null, payload: seenByStock.payload,
  });

  const answer = await stock.send("from V2");
  const back = await raw.frames.next((f) => f.payload.seq === answer.seq, "the stock client's message");
  assert.equal(back.payload.content, "from V2");

  assert.deepEqual((await ask("channel:general", "phx_leave", {}, "5")).payload, { status: "ok", response: {} });
  await raw.frames.next((f) => f.event === "phx_close" && f.topic === "channel:general", "phx_close");
});
