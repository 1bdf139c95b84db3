// One topic more than a socket may have is refused by name; leaving one makes room.
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const allowed = stage.args.topics.slice(0, -1);
  const tooMany = stage.args.topics.at(-1);
  const client = await stage.client("alice");
  const rooms = await Promise.all(allowed.map((topic) => client.join(topic)));

  const refused = client.room(tooMany);
  await refusedWith(refused.join(), { reason: "too many channels joined" });
  refused.channel.leave();
  await Promise.all(rooms.map((room) => room.send("unharmed")));

  await rooms[0].leave();
  const room = await client.join(tooMany);
  await room.send("there was room again");
});
