import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { settingsOf, yamlOf } from "./files.mjs";

const require = createRequire(import.meta.url);
const modules = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "node_modules");

// What stands in a manifest beside what the models know: nothing. The models' own check lets unknown fields pass, as the API
// of Kubernetes does, so a slip of the pen in a security setting would go unseen. Their declarations have every field.
class Declarations {
  #files = new Map();

  /** The fields of an interface: name to type and the file where the type is declared. */
  fields(file, type) {
    const { interfaces } = this.#read(file);
    return interfaces.get(type);
  }

  #read(file) {
    if (!this.#files.has(file)) this.#files.set(file, this.#parse(file));
    return this.#files.get(file);
  }

  #parse(file) {
    const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    const imports = new Map();
    for (const [, names, from] of text.matchAll(/import \{ ([^}]+) \} from "([^"]+)"/g)) {
      for (const name of names.split(",").map((n) => n.trim())) imports.set(name, this.#resolve(file, from));
    }
    const exported = new Map([...text.matchAll(/(\w+) as (IIo\w+)/g)].map(([, own, alias]) => [alias, own]));
    const interfaces = new Map();
    for (const [, name, body] of text.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)) {
      interfaces.set(name, new Map([...body.matchAll(/^ {4}"([^"]+)"\??: ([\s\S]*?);$/gm)].map(([, field, type]) => [field, this.#target(type, imports)])));
    }
    for (const [alias, own] of exported) if (interfaces.has(own)) interfaces.set(alias, interfaces.get(own));
    return { interfaces };
  }

  #target(type, imports) {
    const name = type.match(/IIo\w+/)?.[0];
    return { isList: type.startsWith("Array<"), isMap: type.startsWith("{"), name, file: name && imports.get(name) };
  }

  #resolve(file, from) {
    const path = from.startsWith(".") ? join(dirname(file), from) : join(modules, from);
    return `${path}.d.ts`;
  }
}

const declarations = new Declarations();

function* unknown(value, { isList, isMap, name, file }, path) {
  if (!name || !existsSync(file) || value === null || typeof value !== "object") return;
  if (isList) {
    for (const [i, item] of value.entries()) yield* unknown(item, { name, file }, `${path}[${i}]`);
    return;
  }
  if (isMap) {
    for (const [key, item] of Object.entries(value)) yield* unknown(item, { name, file }, `${path}.${key}`);
    return;
  }
  const fields = declarations.fields(file, name);
  if (!fields) return;
  for (const [key, item] of Object.entries(value)) {
    if (fields.has(key)) yield* unknown(item, fields.get(key), `${path}.${key}`);
    else yield `${path}.${key} is no field`;
  }
}

/** What is wrong with one manifest. */
export function manifestProblems(manifest) {
  const { apiVersion, kind } = manifest;
  const where = `${kind} ${manifest.metadata?.name}`;
  const folder = join(modules, "kubernetes-models", apiVersion);
  if (!existsSync(join(folder, `${kind}.d.ts`))) return [`${where}: no such kind in ${apiVersion}`];
  const problems = [...unknown(manifest, { name: `I${kind}`, file: join(folder, `${kind}.d.ts`) }, where)];
  try {
    new (require(join(folder, `${kind}.js`))[kind])(manifest).validate();
  } catch (error) {
    problems.push(`${where}: ${error.message}`);
  }
  return problems;
}

/** What is wrong with the manifests: each by itself, and what they say of each other and of docker/quikapp.env. */
export function kubernetesProblems(root) {
  const [kustomization] = yamlOf(root, "kubernetes", "kustomization.yaml");
  const manifests = kustomization.resources.flatMap((file) => yamlOf(root, "kubernetes", file));
  const templates = yamlOf(root, "kubernetes", "secrets.template.yaml");
  const problems = [...manifests, ...templates].flatMap(manifestProblems);
  const find = (kind, name) => [...manifests, ...templates].find((m) => m.kind === kind && m.metadata.name === name);

  for (const template of templates) {
    if (Object.values(template.stringData).some((value) => value !== "")) problems.push(`${template.metadata.name} holds a value`);
  }

  const set = find("StatefulSet", "quikapp");
  if (find("Service", set.spec.serviceName)?.spec.clusterIP !== "None") problems.push("the StatefulSet has no headless service");
  for (const kind of ["StatefulSet", "Job"]) {
    const { spec } = manifests.find((m) => m.kind === kind).spec.template;
    for (const { secret, projected } of spec.volumes) {
      const sources = projected ? projected.sources.map((s) => ({ ...s.secret })) : secret ? [{ name: secret.secretName, items: secret.items }] : [];
      for (const { name, items = [] } of sources) {
        const known = find("Secret", name)?.stringData;
        if (!known) problems.push(`${kind}: no secret ${name}`);
        else problems.push(...items.filter(({ key }) => !(key in known)).map(({ key }) => `${kind}: no ${key} in the secret ${name}`));
      }
    }
  }

  const settings = settingsOf(root, "docker", "quikapp.env");
  const { data } = find("ConfigMap", "quikapp");
  const own = /ConnectionString|SeedNodes|TrustedProxies|Tls__(CertificatePath|KeyPath)/;
  for (const key of new Set([...Object.keys(settings), ...Object.keys(data)])) {
    const differs = own.test(key) ? settings[key] === undefined || data[key] === undefined : settings[key] !== data[key];
    if (differs) problems.push(`${key} is '${settings[key]}' in quikapp.env and '${data[key]}' in the ConfigMap`);
  }
  return problems;
}
