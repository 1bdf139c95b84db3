// A client whose network is cut comes back by itself, and nobody has seen it go; nor has it seen anybody else go.
import assert from "node:assert/strict";
import { online } from "../lib/online.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { workspace } = stage.args;
  const alice = await online(await stage.client(`alice of ${workspace}`), workspace);
  await alice.becomes({ alice: ["web"] });
  const cable = await stage.cable();
  const client = await stage.client(`bob of ${workspace}`, { url: cable.url });
  const bob = await online(client, workspace);
  await alice.becomes({ alice: ["web"], bob: ["web"] });
  await bob.becomes({ alice: ["web"], bob: ["web"] });
  const { phx_ref } = bob.metas("bob")[0];
  const calls = bob.calls.length;

  for (let times = 0; times < 3; times++) {
    const opens = client.opens.length;
    const lists = bob.lists.length;
    cable.cut();
    cable.mend();
    await client.opens.next(() => true, "reconnect", { from: opens });
    // The stock client has joined again, and got the list anew.
    await bob.becomes({ alice: ["web"], bob: ["web"] }, { from: lists });
  }

  assert.equal(bob.metas("bob")[0].phx_ref, phx_ref);
  assert.deepEqual(bob.calls.entries.slice(calls), []);

  // Whatever there was to tell of bob comes before carol, who comes when every grace is over.
  const fence = await stage.client(`carol of ${workspace}`);
  await alice.becomes({ alice: ["web"], bob: ["web"], carol: ["web"] });
  fence.disconnect();
  await alice.becomes({ alice: ["web"], bob: ["web"] }, { from: alice.lists.length });
  assert.deepEqual(alice.calls.entries.map(([what, user]) => `${what} ${user}`), ["join alice", "join bob", "join carol", "leave carol"]);
});
