// The golden digests, which native tests and those in Node compare with, too.
import { readFileSync } from "node:fs";

export const read = (path) => readFileSync(new URL(`../../crates/scenario/${path}`, import.meta.url), "utf8");

/** What the golden file says of a scenario under a protocol. */
export function golden(name, protocol) {
  const lines = read("tests/golden.txt").split("\n").map((line) => line.split(" "));
  const line = lines.find((it) => it[0] === name && it[1] === protocol);
  return { events: Number(line[2]), digest: line[3], state: line[4] };
}

/** Seconds, from `6s` or `1500ms`. */
export function seconds(span) {
  const [, number, unit] = span.match(/^([\d.]+)(s|ms)$/);
  return Number(number) / (unit === "ms" ? 1000 : 1);
}
