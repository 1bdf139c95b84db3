// The Presence class of the stock client, unchanged: two users, one of them on several devices.
import assert from "node:assert/strict";
import { online } from "../lib/online.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { workspace } = stage.args;
  const connect = (user, device) => stage.client(`${user} of ${workspace}`, device && { more: { device } });

  const alice = await online(await connect("alice"), workspace);
  assert.deepEqual(alice.reply, {});
  await alice.becomes({ alice: ["web"] });

  const desktop = await connect("bob", "desktop");
  await alice.becomes({ alice: ["web"], bob: ["desktop"] });
  const bob = await online(desktop, workspace);
  await bob.becomes({ alice: ["web"], bob: ["desktop"] });
  // All lists have the same references, whoever made them.
  assert.equal(bob.metas("alice")[0].phx_ref, alice.metas("alice")[0].phx_ref);

  const mobile = await connect("bob", "mobile");
  await alice.becomes({ alice: ["web"], bob: ["desktop", "mobile"] });
  mobile.disconnect();
  await alice.becomes({ alice: ["web"], bob: ["desktop"] }, { from: alice.lists.length });
  desktop.disconnect();
  await alice.becomes({ alice: ["web"] }, { from: alice.lists.length });

  assert.deepEqual(alice.calls.entries.filter(([, user]) => user === "bob"), [
    ["join", "bob", undefined, ["desktop"]],
    ["join", "bob", ["desktop"], ["mobile"]],
    ["leave", "bob", ["desktop"], ["mobile"]],
    ["leave", "bob", [], ["desktop"]],
  ]);
});
