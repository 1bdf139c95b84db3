// Two browsers: one calls, the other is rung and accepts; with what the server relays between them they open a data channel
// to each other, talk, and hang up. A page of a foreign origin gets no socket.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { launch, Page, serve } from "../lib/browser.mjs";
import { Phone } from "../lib/phone.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { chromium, allowed, foreign } = stage.args;
  const [own, other] = [await serve(allowed), await serve(foreign)];
  const browser = await launch(chromium);
  try {
    const stranger = await Page.open(browser, other.url);
    stranger.tab.evaluate(([url, token]) => window.start(url, token, "alice"), [stage.url, stage.token("alice")]).catch(() => {});
    await stranger.says("no connection");
    assert.equal(stranger.frames.entries.filter((f) => !f.sent).length, 0);
    await stranger.tab.close();

    const [alice, bob] = await Promise.all(["alice", "bob"].map(async (user) => {
      const page = await Page.open(browser, own.url);
      await page.tab.evaluate(([url, token, who]) => window.start(url, token, who), [stage.url, stage.token(user), user]);
      await page.says("online");
      return page;
    }));

    const carol = await Phone.on(await stage.client("carol"), "carol");
    await alice.click("Call everybody");
    const { payload: { callId } } = await carol.own.event("call:incoming");
    await (await carol.picksUp(callId)).push("call:decline", {});
    await bob.says("alice calls (audio)");
    await bob.click("Accept");
    for (const page of [alice, bob]) await page.says("the data channel is open");
    for (const [page, text] of [[alice, "Can you hear me?"], [bob, "Loud and clear."]]) {
      await page.tab.getByPlaceholder("Say something").fill(text);
      await page.click("Say it");
    }

    await alice.says("heard: Loud and clear.");
    await bob.says("heard: Can you hear me?");
    // The data channel carried it, not the server.
    for (const page of [alice, bob]) assert.ok(!JSON.stringify(page.frames.entries).includes("hear me"));

    await bob.click("Hang up");
    const { duration } = (await carol.client.frames.next((f) => f.event === "call:end" && f.payload.reason === "ended", "the end")).payload;
    for (const page of [alice, bob]) {
      await page.says(`call over: ended after ${duration} s`);
      await page.says(`my own topic: ended after ${duration} s`);
    }

    // What one sent is what the other got: each offer, each answer, each candidate, through the server.
    const relayed = {};
    for (const [from, to, name] of [[alice, bob, "alice"], [bob, alice, "bob"]]) {
      const sent = from.signals({ sent: true });
      assert.deepEqual(to.signals({ sent: false }), sent);
      const count = (type) => sent.filter(([t]) => t === type).length;
      relayed[name] = { offer: count("offer"), answer: count("answer"), candidates: count("ice-candidate") };
      assert.ok(relayed[name].candidates > 0, "no candidate");
      assert.ok(sent.filter(([type]) => type === "ice-candidate").every(([, { candidate }]) => candidate.startsWith("candidate:")));
    }

    assert.deepEqual([relayed.alice.offer, relayed.alice.answer, relayed.bob.offer, relayed.bob.answer], [1, 0, 0, 1]);
    await mkdir("screenshots", { recursive: true });
    await Promise.all([alice.tab.screenshot({ path: "screenshots/alice.png" }), bob.tab.screenshot({ path: "screenshots/bob.png" })]);
    for (const page of [alice, bob]) assert.deepEqual(page.complaints.entries, []);
    return { relayed };
  } finally {
    await browser.close();
    own.close();
    other.close();
  }
});
