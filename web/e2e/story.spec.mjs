// The main story: both rules find a leader, and when it stops they find the next one.
import { expect, test } from "./page.mjs";

test("both sides elect a leader, and the next one when it stops", async ({ whitewater }) => {
  const { raft, oldest } = whitewater;
  await expect(raft.leaders).toHaveCount(0);
  await expect(oldest.leaders).toHaveCount(0);

  await whitewater.playTo(1);
  await expect(raft.leaders).toHaveCount(1);
  await expect(raft.leaders).toHaveAccessibleName(/^Node [A-E], leader, term [1-9]\d*$/);
  await expect(oldest.leaders).toHaveCount(1);
  await expect(oldest.leaders).toHaveAccessibleName("Peer A, leader, 1st oldest");
  const first = await raft.leader();
  const term = await raft.term();

  await whitewater.tool("Stop the leader").click();
  await expect(raft.node(first)).toHaveAccessibleName(/, stopped$/);
  await expect(oldest.node("A")).toHaveAccessibleName(/, stopped$/);
  await expect(raft.leaders).toHaveCount(0);
  await expect(oldest.leaders).toHaveCount(0);

  await whitewater.playTo((await whitewater.at()) + 1);
  expect(await raft.leader()).not.toBe(first);
  expect(await raft.term()).toBeGreaterThan(term);
  await expect(oldest.leaders).toHaveCount(1);
  await expect(oldest.leaders).toHaveAccessibleName("Peer B, leader, 1st oldest");
  // A stopped peer has no place in the age order.
  await expect(oldest.node("A")).not.toHaveAccessibleName(/oldest/);
});

test("the sentences tell who came to lead, and why", async ({ whitewater }) => {
  const { raft, oldest } = whitewater;
  await whitewater.choose("The leader stops");
  await whitewater.seek(0.09);
  await expect(raft.caption).toContainText("Why:");
  await expect(raft.caption).toContainText("Raft §");
  await expect(oldest.caption).toContainText("Why:");
  await expect(oldest.caption).toContainText("rule A");
});
