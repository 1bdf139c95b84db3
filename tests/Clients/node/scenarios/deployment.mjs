import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { alertProblems } from "../lib/deployment/alerts.mjs";
import { composeProblems } from "../lib/deployment/compose.mjs";
import { kubernetesProblems, manifestProblems } from "../lib/deployment/kubernetes.mjs";
import { scenario } from "../lib/scenario.mjs";

const { validate } = createRequire(import.meta.url)("dockerfile-utils");

// The files that an operator starts from, against the schemas of their formats and against each other.
scenario(async (stage) => {
  const { root } = stage.args;

  // The checks see what they are there for.
  const slip = { securityContext: { readOnlyRootFileSystem: true }, name: "x" };
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "x" }, spec: { containers: [slip] } };
  assert.equal(manifestProblems(pod)[0], "Pod x.spec.containers[0].securityContext.readOnlyRootFileSystem is no field");

  const alerts = alertProblems(root);
  const dockerfile = validate(readFileSync(join(root, "docker", "Dockerfile"), "utf8"));
  const problems = [
    ...composeProblems(root).problems,
    ...kubernetesProblems(root),
    ...alerts.problems,
    ...dockerfile.map(({ message, range }) => `Dockerfile, line ${range.start.line + 1}: ${message}`),
  ];
  return { problems, alerts: alerts.alerts };
});
