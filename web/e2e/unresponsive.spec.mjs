// Nodes that stand still or work slowly: they keep what they know, and fall behind.
import { expect, test } from "./page.mjs";

const letters = ["A", "B", "C", "D", "E"];

test("a paused node goes on with the state that it had", async ({ whitewater }) => {
  const { raft, oldest } = whitewater;
  await whitewater.seek(0.9);
  const leader = await raft.leader();
  const term = await raft.term();
  const other = letters.find((letter) => letter !== leader && letter !== "A");
  await whitewater.writeAt(raft, leader, 54);
  await whitewater.seek((await whitewater.at()) + 0.3);
  await expect(raft.data(other)).toHaveAccessibleName(`Log of ${other}: 54 committed`);
  await whitewater.do(raft, other, "Pause");
  for (const side of whitewater.sides) {
    await expect(side.caption).toContainText(`${other} stands still. It keeps all it knows.`);
  }
  let menu = await whitewater.menu(oldest, other);
  await expect(menu.getByText(/^paused/)).toHaveCount(2);
  await expect(menu.getByRole("button", { name: /^Pause/ })).toHaveCount(0);
  await menu.getByRole("button", { name: "Close" }).click();

  // A write passes it by, and waits in its inbox.
  await whitewater.writeAt(raft, leader, 55);
  await whitewater.seek((await whitewater.at()) + 0.3);
  await expect(raft.data(leader)).toHaveAccessibleName(/ and 55 committed$/);
  await expect(raft.data(other)).not.toHaveAccessibleName(/55/);
  menu = await whitewater.menu(raft, other);
  await expect(menu.getByText(`follower, term ${term}`)).toHaveCount(1);
  await expect(menu.getByText(/^paused, \d+ messages wait$/)).not.toHaveCount(0);
  await menu.getByRole("button", { name: /^Go on/ }).click();
  await whitewater.still();
  await expect(raft.data(other)).toHaveAccessibleName(new RegExp(`^Log of ${other}: 54`));
  await whitewater.seek((await whitewater.at()) + 1);
  await expect(raft.data(other)).toHaveAccessibleName(`Log of ${other}: 54 and 55 committed`);
});

test("a node is paused and goes on by keyboard", async ({ page, whitewater }) => {
  await whitewater.seek(0.7);
  for (const act of ["Pause", "Go on"]) {
    await whitewater.oldest.node("C").press("Enter");
    await whitewater.dialog.getByRole("button", { name: new RegExp(`^${act}`) }).press("Enter");
    await expect(whitewater.dialog).toHaveCount(0);
    await expect(whitewater.oldest.node("C")).toBeFocused();
  }
  await expect(whitewater.oldest.caption).toContainText("C goes on from where it stood.");
  await expect(page.getByRole("button", { name: /: C (stands still|goes on)$/ })).toHaveCount(2);
});

test("a step back shows a node before it was paused", async ({ whitewater }) => {
  const { raft } = whitewater;
  await whitewater.seek(0.7);
  await whitewater.do(raft, "C", "Pause");
  const paused = raft.region.page().getByText(/^paused/);
  await whitewater.menu(raft, "C");
  await expect(paused).toHaveCount(2);
  await whitewater.dialog.getByRole("button", { name: "Close" }).click();
  // The action is the latest event on either side.
  await whitewater.step(-2);
  await whitewater.menu(raft, "C");
  await expect(paused).toHaveCount(0);
});

test("a slow leader falls behind and is fast again", async ({ whitewater }) => {
  const { raft } = whitewater;
  await whitewater.seek(0.9);
  const leader = await raft.leader();
  await whitewater.do(raft, leader, "Slow down");
  await expect(raft.caption).toContainText(`${leader} works slowly: messages wait in its inbox.`);
  await whitewater.seek((await whitewater.at()) + 0.6);
  const menu = await whitewater.menu(raft, leader);
  await expect(menu.getByText(/^slow, (1 message waits|\d+ messages wait)$/)).not.toHaveCount(0);
  await menu.getByRole("button", { name: /^Full speed/ }).click();
  await expect(raft.caption).toContainText(`${leader} works at full speed again.`);
  await whitewater.seek((await whitewater.at()) + 1);
  await whitewater.menu(raft, leader);
  await expect(whitewater.dialog.getByText(/^slow/)).toHaveCount(0);
});
