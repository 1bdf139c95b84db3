// A working day: two workspaces, ten users on nineteen devices, one of them on long poll; talk, threads, calls, networks that go, a server that is
// restarted at lunch. In the evening every device has seen of every stream exactly what the server tells who asks anew.
import assert from "node:assert/strict";
import { Device } from "../lib/device.mjs";
import { Office } from "../lib/office.mjs";
import { ended } from "../lib/phone.mjs";
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";
import { dice, talk } from "../lib/talk.mjs";
import { sees, seesInTheEnd, seesUntilThen, truth } from "../lib/truth.mjs";

await scenario(async (stage) => {
  const roll = dice(stage.args.seed);
  const office = new Office(stage);
  await office.open();
  const list = await office.one("alice").watches("demo");
  const day = { stage, roll, office, list, ...office.topics };
  await morning(day);
  const threads = await discussions(day);
  await lunch(day);
  const asked = await membership(day);
  const calls = await telephone(day);
  await afternoon(day);
  await evening(day);
  return { heads: await compare(day, [...threads, ...calls], asked) };
});

/** Some talk in these channels, each user on a device that is at hand. */
function talks({ roll, office, general, random, team, hall }, turns, away) {
  const rooms = [[general, Office.demo], [random, Office.demo], [team, Office.team], [hall, [...Office.acme, "alice"]]];
  return Promise.all(rooms.flatMap(([topic, people]) => people.map((user) => {
    const device = office.atHand(user, topic, roll, away);
    return device && talk(device.room(topic), { turns, people, roll: roll.another(), name: user });
  })));
}

// Everybody is there; a status; talk, while some devices are without a network.
async function morning(day) {
  const { office, list, random, general, hall } = day;
  await list.becomes(Office.everybody.demo);
  await (await office.one("grace").watches("acme")).becomes(Office.everybody.acme);
  await office.one("bob").own.push("presence:update", { status: "dnd", statusText: "In a meeting" });
  await list.lists.next(() => list.metas("bob").every((meta) => meta.status === "dnd" && meta.statusText === "In a meeting"), "Bob's status");

  const away = [office.of("bob", general)[1], office.one("erin", random), office.one("heidi", hall), office.of("dave").find((d) => isBrief(d, general))];
  await Promise.all(away.map((device) => device.cut()));
  await talks(day, 10, away);
  await Promise.all(away.map((device) => device.mend()));
}

// Threads under three messages, replied to from their topics and from the channel.
async function discussions({ roll, office, general, team, hall }) {
  const threads = [];
  for (const [topic, starter, repliers] of [[general, "alice", ["bob", "dave", "erin"]], [team, "bob", ["alice", "carol"]], [hall, "grace", ["ivan", "judy", "alice"]]]) {
    const room = office.one(starter, topic).room(topic);
    const root = await room.send("Let us take this apart", { mentions: [repliers[0]] });
    const { threadId } = await room.push("thread:start", { messageId: root.id });
    const thread = `thread:${threadId}`;
    await Promise.all([starter, ...repliers].flatMap((user) => office.of(user, topic)).map((device) => device.join(thread)));
    await Promise.all(repliers.map((user) => talk(office.atHand(user, thread, roll).room(thread), { turns: 6, people: repliers, roll: roll.another(), name: user })));
    await room.send("And from the channel", { threadId });
    threads.push({ topic: thread, of: topic, who: starter });
  }

  return threads;
}

// The server is stopped and started again, and everybody comes back by themselves.
async function lunch({ stage, office, list }) {
  const back = Promise.all(office.devices.map((device) => device.isBack()));
  const from = list.lists.length;
  stage.say({ lunch: true });
  await back;
  await list.becomes(Office.everybody.demo, { from });
}

// Carol leaves the team; what is said then is not for her, until she is asked back.
async function membership({ stage, roll, office, team }) {
  const devices = office.of("carol", team);
  const before = devices.map((device) => device.room(team));
  const path = `/channels/${office.team}/members/carol`;
  await stage.api("alice").call("DELETE", path, { status: 403 });
  await stage.api("carol").call("DELETE", path);
  for (const device of devices) {
    await device.client.frames.next((f) => f.event === "phx_close" && f.topic === team, "she is out");
    await device.own.event("channel:left");
    const again = device.client.room(team);
    await refusedWith(again.join(), { reason: "unauthorized" });
    // The stock client would ask for ever.
    again.channel.leave();
  }

  await talk(office.one("alice", team).room(team), { turns: 6, people: ["bob"], roll: roll.another(), name: "alice" });
  await stage.api("alice").call("PUT", path);
  for (const device of devices) {
    const { seq } = device.room(team);
    await device.own.events.next((e) => e.event === "channel:joined" && e.payload.channelId === office.team, "she is asked back", { from: device.own.events.entries.findLastIndex((e) => e.event === "channel:left") });
    await device.join(team, { since: seq });
  }

  return before;
}

// In the team Bob answers on one of three devices and Carol has no time; in the hall nobody answers.
async function telephone({ roll, office, team, hall }) {
  const alice = office.one("alice", team);
  const { callId } = await alice.room(team).push("call:start", { type: "video" });
  const call = `call:${callId}`;
  const caller = await alice.join(call);
  const rooms = await Promise.all(office.of("bob").map((device) => device.picksUp(callId)));
  const answers = await Promise.allSettled(rooms.map((room) => room.push("call:accept", {})));
  assert.deepEqual(answers.filter((a) => a.status === "rejected").map((a) => a.reason.response), [1, 2].map(() => ({ reason: "answered_elsewhere" })));
  const winner = rooms[answers.findIndex((a) => a.status === "fulfilled")];
  await (await office.one("carol").picksUp(callId)).push("call:decline", {});
  for (const [from, to, type] of [[caller, winner, "offer"], [winner, caller, "answer"], [caller, winner, "ice-candidate"], [winner, caller, "ice-candidate"]]) {
    const nonce = roll.seed();
    await from.push("call:signal", { type, data: { nonce } });
    await to.events.next((e) => e.event === "call:signal" && e.payload.type === type && e.payload.data.nonce === nonce, type);
  }

  await winner.push("call:end", {});
  for (const device of [...office.of("alice"), ...office.of("bob")]) assert.equal((await ended(device.own, callId)).payload.reason, "ended");
  assert.equal(office.of("bob").filter((device) => device.room(call).events.entries.some((e) => e.event === "call:signal")).length, 1);

  const grace = office.one("grace", hall);
  const missed = await grace.room(hall).push("call:start", { type: "audio" });
  const unanswered = await grace.join(`call:${missed.callId}`);
  await unanswered.events.next((e) => e.event === "call:joined", "her part");
  await office.one("heidi").picksUp(missed.callId);
  await unanswered.push("call:end", {});
  for (const room of [grace.room(hall), office.one("heidi").own]) assert.equal((await ended(room, missed.callId)).payload.reason, "missed");
  return [{ topic: call, who: "alice" }, { topic: `call:${missed.callId}`, who: "grace" }];
}

// More talk, a device that comes and goes, and what is read on one device is read on all.
async function afternoon(day) {
  const { office, general } = day;
  const flaky = office.one("frank", general);
  const talking = talks(day, 8, [flaky]);
  for (let times = 0; times < 3; times++) {
    await flaky.cut();
    await flaky.mend();
  }

  await talking;
  for (const user of ["alice", "bob"]) {
    const devices = office.of(user, general);
    const { seq } = devices[0].room(general);
    const reply = await devices[0].room(general).push("read", { seq });
    for (const { own } of devices) {
      const { event, payload } = await own.numbered(reply.seq);
      assert.deepEqual([event, payload.readSeq, payload.unread, payload.mentions], ["read:update", seq, reply.unread, reply.mentions]);
    }
  }
}

// Frank goes home; a new device comes and asks for the whole day.
async function evening({ stage, office, list, general, hall }) {
  const from = list.lists.length;
  office.goes(office.one("frank", general));
  const { frank: _, ...rest } = Office.everybody.demo;
  await list.becomes(rest, { from });
  const late = await Device.on(stage, "judy", { kind: "mobile" });
  await late.join(hall, { since: 0 });
  office.devices.push(late);
}

function isBrief(device, topic) {
  return device.room(topic)?.params.mode === "compact";
}

// The truth is told to clients that have seen nothing of the day.
async function compare({ stage, office, general, random, team, hall }, more, asked) {
  const streams = [
    ...[...Office.demo, ...Office.acme].map((user) => ({ topic: `user:${user}`, who: user })),
    ...["workspace:demo", general, random, team].map((topic) => ({ topic, who: "alice" })), { topic: hall, who: "grace" }, ...more,
  ];
  const told = new Map();
  for (const { topic, who } of streams) {
    const fresh = await stage.client(who, { timeout: 30_000 });
    const whole = await truth(fresh, topic);
    told.set(topic, whole);
    fresh.disconnect();
    for (const device of office.devices.filter((d) => d.room(topic))) {
      const room = device.room(topic);
      await room.events.next(() => room.seq === whole.head, `number ${whole.head} of ${topic} at ${device.user}`);
      (isBrief(device, topic) ? seesInTheEnd : sees)(room, whole);
    }
  }

  for (const room of asked) seesUntilThen(room, told.get(team));
  for (const { topic, of } of more.filter((stream) => stream.of)) {
    const count = (event) => told.get(topic).events.filter((e) => e.event === event).length;
    const last = told.get(of).events.findLast((e) => e.event === "thread:update" && `thread:${e.payload.threadId}` === topic);
    assert.equal(last.payload.replyCount, count("message:new") - count("message:delete"), `replies of ${topic}`);
  }

  return Object.fromEntries([...told].map(([topic, { head }]) => [topic, head]));
}
