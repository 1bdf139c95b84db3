// What an application does with the stock client and the browser's own WebRTC: it rings, is rung, and talks over a data
// channel. All that the two browsers know of each other came by `call:signal`.
import { Socket } from "/phoenix.mjs";

const $ = (id) => document.getElementById(id);
const asked = (push) => new Promise((resolve, reject) => push.receive("ok", resolve).receive("error", reject).receive("timeout", reject));

function log(line) {
  const item = document.createElement("li");
  item.textContent = line;
  $("log").append(item);
}

class Talk {
  #early = [];

  constructor(topic, calls) {
    this.topic = topic;
    this.calls = calls;
    this.peer = new RTCPeerConnection();
    this.peer.onicecandidate = ({ candidate }) => candidate && this.#signal("ice-candidate", candidate.toJSON());
    this.peer.ondatachannel = ({ channel }) => this.#open(channel);
    topic.on("call:signal", ({ type, data }) => this.#on(type, data));
    topic.on("call:joined", ({ userId }) => this.#onJoined(userId));
    topic.on("call:end", ({ reason, duration }) => this.#onEnd(reason, duration));
  }

  say(text) {
    this.channel.send(text);
    log(`said: ${text}`);
  }

  hangUp() {
    return asked(this.topic.push("call:end", {}));
  }

  async #onJoined(user) {
    if (user === window.user) return;
    log(`${user} takes part`);
    if (!this.calls) return;
    this.#open(this.peer.createDataChannel("talk"));
    await this.peer.setLocalDescription(await this.peer.createOffer());
    await this.#signal("offer", this.peer.localDescription.toJSON());
  }

  async #on(type, data) {
    if (type === "ice-candidate") {
      // A candidate may come before what it belongs to.
      if (this.peer.remoteDescription) await this.peer.addIceCandidate(data);
      else this.#early.push(data);
      return;
    }

    await this.peer.setRemoteDescription(data);
    for (const candidate of this.#early.splice(0)) await this.peer.addIceCandidate(candidate);
    if (type !== "offer") return;
    await this.peer.setLocalDescription(await this.peer.createAnswer());
    await this.#signal("answer", this.peer.localDescription.toJSON());
  }

  #signal(type, data) {
    return asked(this.topic.push("call:signal", { type, data }));
  }

  #open(channel) {
    this.channel = channel;
    channel.onopen = () => {
      log("the data channel is open");
      $("say").disabled = $("hang-up").disabled = false;
    };
    channel.onmessage = ({ data }) => log(`heard: ${data}`);
  }

  #onEnd(reason, duration) {
    this.peer.close();
    log(`call over: ${reason} after ${duration} s`);
    $("say").disabled = $("hang-up").disabled = true;
  }
}

/** Comes online. */
window.start = async (url, token, user) => {
  window.user = $("user").textContent = user;
  const socket = new Socket(`${url.replace(/^http/, "ws")}/socket`, { authToken: token });
  socket.connect();
  socket.onError(() => log("no connection"));
  const own = socket.channel(`user:${user}`);
  const join = async (callId, calls) => {
    const topic = socket.channel(`call:${callId}`);
    const talk = new Talk(topic, calls);
    await asked(topic.join());
    $("say").onclick = () => talk.say($("text").value);
    $("hang-up").onclick = () => talk.hangUp();
    return topic;
  };

  own.on("call:incoming", ({ callId, callerName, type }) => {
    log(`${callerName} calls (${type})`);
    $("accept").disabled = false;
    $("accept").onclick = async () => {
      $("accept").disabled = true;
      await asked((await join(callId, false)).push("call:accept", {}));
    };
  });
  own.on("call:end", ({ reason, duration }) => log(`my own topic: ${reason} after ${duration} s`));
  await asked(own.join());

  const general = socket.channel("channel:general");
  await asked(general.join());
  $("call").onclick = async () => {
    const { callId } = await asked(general.push("call:start", { type: "audio" }));
    log("it rings");
    await join(callId, true);
  };
  log("online");
};
