import assert from "node:assert/strict";
import { createRequire } from "node:module";
import Ajv from "ajv";

const KEY = "description";
const SCHEMA = createRequire(import.meta.url)("@asyncapi/specs/schemas/3.0.0.json");
const id = (event) => event.replaceAll(":", "_");

/** The socket API as its own document describes it: every frame is held against the message that it is. */
export class DescribedSocket {
  #ajv = new Ajv({ strict: false, validateFormats: false });
  #checks = new Map();
  #granted = new Set();

  constructor(document) {
    this.document = document;
    this.#ajv.addSchema(document, KEY);
  }

  /** Fetches the document; it must be sound AsyncAPI 3. */
  static async of(url) {
    const answer = await fetch(`${url}/asyncapi.json`);
    assert.equal(answer.status, 200);
    const document = await answer.json();
    // The schema brings the one of JSON Schema with it.
    const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
    const isSound = ajv.compile(SCHEMA);
    assert.ok(isSound(document), ajv.errorsText(isSound.errors));
    return new DescribedSocket(document);
  }

  /** The operations that clients ask for. */
  get asked() {
    return Object.entries(this.document.operations).filter(([, operation]) => operation.action === "receive").map(([name]) => name);
  }

  /** Those of them that were granted. */
  get granted() {
    return [...this.#granted];
  }

  /** Holds a push and its reply, which must grant it, against their operation. */
  exchanged(push, reply) {
    const [, ref, topic, event] = push;
    const channel = topic.split(":")[0];
    this.#check(channel, `push.${id(event)}`, push);
    assert.equal(reply[4].status, "ok", JSON.stringify([push, reply]));
    assert.equal(reply[1], ref);
    this.#check(channel, `reply.${id(event)}`, reply);
    this.#granted.add(`${channel}.receive.${id(event)}`);
  }

  /** Holds an event of the server against its message. */
  heard(frame) {
    this.#check(frame[2].split(":")[0], `event.${id(frame[3])}`, frame);
  }

  #check(channel, message, frame) {
    assert.ok(this.document.channels[channel]?.messages[message], `${message} on ${channel} is not described`);
    const pointer = `${KEY}#/channels/${channel}/messages/${message}/payload`;
    if (!this.#checks.has(pointer)) this.#checks.set(pointer, this.#ajv.compile({ $ref: pointer }));
    const check = this.#checks.get(pointer);
    assert.ok(check(frame), `${message} on ${channel}: ${this.#ajv.errorsText(check.errors)} in ${JSON.stringify(frame)}`);
  }
}
