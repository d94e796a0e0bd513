// A cut, 2 from 3: voting stands still on the small side, age leads on both and pays when they meet.
import { expect, test } from "./page.mjs";

const LOST = "Writes lost";
const TWO = "Two leaders at once";

test("as the scenario tells it", async ({ whitewater }) => {
  const { raft, oldest } = whitewater;
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(2.399);
  // The value 7 was written on the small side, where Raft has no majority.
  await expect(raft.data("A")).toHaveAccessibleName("Log of A: 3 committed, 7 not yet");
  await expect(oldest.data("A")).toHaveAccessibleName("Data of A: 3 and 7 confirmed");
  await expect(oldest.leaders).toHaveCount(2);
  await expect(oldest.node("A")).toHaveAccessibleName(/, leader,/);
  await expect(oldest.node("C")).toHaveAccessibleName(/, leader,/);
  expect(await oldest.measure(TWO)).toBeGreaterThan(0);
  expect(await oldest.measure(LOST)).toBe(0);

  await whitewater.seek(6);
  await expect(oldest.leaders).toHaveAccessibleName("Peer A, leader, 1st oldest");
  await expect(raft.leaders).toHaveCount(1);
  expect(await oldest.measure(LOST)).toBeGreaterThan(0);
  expect(await raft.measure(LOST)).toBe(0);
});

test("as made by hand", async ({ page, whitewater }) => {
  const { raft, oldest } = whitewater;
  await whitewater.playTo(1);
  // Raft's leader and the oldest peer both stand on the small side.
  const old = await raft.leader();
  const few = ["A", old === "A" ? "B" : old];

  await whitewater.cut(few);
  await whitewater.writeAt(raft, old, 41);
  await whitewater.writeAt(oldest, "A", 42);
  await whitewater.playTo((await whitewater.at()) + 1.5);

  // Raft's old leader takes the write, and can promise nothing.
  await expect(raft.data(old)).toHaveAccessibleName(new RegExp(`^Log of ${old}: 41.* not yet committed$`));
  await expect(raft.leaders).toHaveCount(2);
  await expect(oldest.data("A")).toHaveAccessibleName(/^Data of A: .*42 confirmed$/);
  await expect(oldest.leaders).toHaveCount(2);
  await expect(oldest.node("A")).toHaveAccessibleName("Peer A, leader, 1st oldest");
  expect(await oldest.measure(TWO)).toBeGreaterThan(0);
  await expect(page.getByText("two leaders", { exact: true })).toBeVisible();

  // On the other bank both promise: Raft to its new leader's client, the peers a second time.
  const next = await oldest.leaders.evaluateAll((all) => all.map((it) => it.dataset.node).find((it) => it !== "0"));
  await whitewater.writeAt(oldest, "ABCDE"[next], 43);
  await whitewater.tool("Write").click();
  await whitewater.playTo((await whitewater.at()) + 0.5);
  expect(await oldest.measure(LOST)).toBe(0);
  await expect(raft.data(old)).toHaveAccessibleName(/not yet committed$/);

  await whitewater.tool("Heal").click();
  await expect(whitewater.news).toContainText("The network is whole again.");
  await whitewater.playTo((await whitewater.at()) + 3);
  await expect(oldest.leaders).toHaveAccessibleName("Peer A, leader, 1st oldest");
  await expect(raft.leaders).toHaveCount(1);
  expect(await oldest.measure(LOST)).toBeGreaterThan(0);
  expect(await raft.measure(LOST)).toBe(0);
  // What was never promised may be lost: the log of the small side gave way.
  await expect(raft.data(old)).not.toHaveAccessibleName(/41/);
});
