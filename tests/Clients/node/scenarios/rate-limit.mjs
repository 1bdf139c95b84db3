// A sender who is too fast is told how long to wait, and nothing of what was refused is written.
import assert from "node:assert/strict";
import { dense } from "../lib/expect.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { burst } = stage.args;
  const room = await (await stage.client("bob")).join("channel:general");
  const start = room.seq;

  const outcomes = await Promise.all(
    Array.from({ length: 2 * burst }, (_, i) => room.send(`too fast ${i}`).then((ok) => ({ ok }), (error) => ({ refused: error.response }))),
  );
  const sent = outcomes.flatMap(({ ok }) => ok ?? []);
  const refused = outcomes.flatMap((outcome) => outcome.refused ?? []);
  assert.ok(sent.length >= burst && refused.length > 0, `${sent.length} of ${2 * burst} were sent`);
  for (const { reason, retry_after_ms } of refused) {
    assert.equal(reason, "rate_limited");
    assert.ok(Number.isSafeInteger(retry_after_ms) && retry_after_ms >= 1 && retry_after_ms <= 1_000, `${retry_after_ms} ms`);
  }

  const page = await room.push("history", { after: start, mode: "full" });
  dense(page.items.map((item) => item.payload.seq), start);
  assert.equal(page.items.length, sent.length);
});
