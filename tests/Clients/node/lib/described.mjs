import assert from "node:assert/strict";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";

const KEY = "description";
const escape = (part) => part.replaceAll("~", "~0").replaceAll("/", "~1");

/** The HTTP API as its own document describes it: every answer is held against the schema that it promises. */
export class Described {
  #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  #called = new Set();

  constructor(url, document) {
    this.url = url;
    this.document = document;
    this.#ajv.addSchema(document, KEY);
  }

  /** Fetches the document; it must be sound OpenAPI. */
  static async of(url) {
    const answer = await fetch(`${url}/openapi/v1.json`);
    assert.equal(answer.status, 200);
    const document = await answer.json();
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    assert.ok(valid, JSON.stringify(errors, null, 2));
    assert.equal(validator.version, "3.1");
    return new Described(url, document);
  }

  /** Method and path of every operation. */
  get operations() {
    return Object.entries(this.document.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
  }

  /** The operations that were called and succeeded. */
  get succeeded() {
    return [...this.#called];
  }

  /** Calls an operation and holds the answer against the document. */
  async call(method, path, { token, params = {}, query = "", body, key, status }) {
    const operation = this.document.paths[path]?.[method.toLowerCase()];
    assert.ok(operation, `${method} ${path} is not described`);
    const target = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name]));
    const headers = { Authorization: `Bearer ${token}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key !== undefined) headers["Idempotency-Key"] = key;
    const answer = await fetch(this.url + target + query, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const json = await answer.json();
    assert.equal(answer.status, status, `${method} ${target}: ${JSON.stringify(json)}`);

    const [pointer, described] = this.#resolve(`/paths/${escape(path)}/${method.toLowerCase()}/responses/${status}`);
    const type = answer.headers.get("Content-Type").split(";")[0];
    assert.ok(described.content[type], `${method} ${path} ${status} is not described as ${type}`);
    for (const [name, header] of Object.entries(described.headers ?? {})) assert.ok(!header.required || answer.headers.has(name), name);

    // Nothing is missing, and nothing is there that the document keeps quiet about.
    const schema = { $ref: `${KEY}#${pointer}/content/${escape(type)}/schema`, unevaluatedProperties: false };
    const check = this.#ajv.compile(schema);
    assert.ok(check(json), `${method} ${path} ${status}: ${this.#ajv.errorsText(check.errors)} in ${JSON.stringify(json)}`);
    if (status < 300) this.#called.add(`${method} ${path}`);
    return json;
  }

  #resolve(pointer) {
    const find = (at) => at.slice(1).split("/").reduce((node, part) => node?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], this.document);
    const found = find(pointer);
    assert.ok(found, `${pointer} is not described`);
    return found.$ref ? this.#resolve(found.$ref.slice(1)) : [pointer, found];
  }
}
