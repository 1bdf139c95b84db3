import { parser } from "@prometheus-io/lezer-promql";
import { yamlOf } from "./files.mjs";

const RULE = new Set(["alert", "expr", "for", "labels", "annotations"]);
const DURATION = /^([0-9]+(ms|s|m|h|d))+$/;

/** What is wrong with docker/alerts.yaml: the shape of rules, and the grammar of their expressions. */
export function alertProblems(root) {
  const [{ groups }] = yamlOf(root, "docker", "alerts.yaml");
  const problems = [];
  const names = new Set();
  for (const rule of groups.flatMap((group) => group.rules)) {
    const says = (problem) => problems.push(`${rule.alert}: ${problem}`);
    if (!rule.alert || names.has(rule.alert)) says("has no name of its own");
    names.add(rule.alert);
    for (const key of Object.keys(rule)) if (!RULE.has(key)) says(`${key} is no part of a rule`);
    if (rule.for !== undefined && !DURATION.test(rule.for)) says(`'${rule.for}' is no duration`);
    if (!["warning", "critical"].includes(rule.labels?.severity)) says("has no severity");
    if (!rule.annotations?.summary) says("has no summary");
    parser.parse(rule.expr).iterate({
      enter: (node) => {
        if (node.type.isError) says(`'${rule.expr}' is no PromQL at ${node.from}`);
      },
    });
  }
  return { problems, alerts: [...names] };
}
