// A join that is refused says why in exactly these bytes and harms nothing else on the socket.
import { refusedWith } from "../lib/refused.mjs";
import { scenario } from "../lib/scenario.mjs";

await scenario(async (stage) => {
  const { user, topic, reason, still } = stage.args;
  const client = await stage.client(user);
  const room = client.room(topic);
  await refusedWith(room.join(), { reason });
  room.channel.leave();

  if (still) await client.join(still);
  else await new Promise((resolve) => client.socket.ping(resolve));
});
