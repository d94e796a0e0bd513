// A leader that has committed nothing in its term refuses to change the members: the page says why, and what to do.
import { expect, test } from "./page.mjs";

test("a new leader's refusal is told before and after, with what to do", async ({ page, cluster }) => {
  await cluster.seek(0.22);
  const leader = await cluster.side.leader();
  const other = leader === "A" ? "C" : "A";
  const menu = await cluster.menu(cluster.side, other);
  await expect(menu).toContainText(`${leader} has committed nothing in its term yet`);
  await expect(menu).toContainText("write a value first");
  await menu.getByRole("button", { name: /^Remove server/ }).click();
  await cluster.step();
  await expect(cluster.side.caption).toContainText("does not change the members yet");
  await expect(cluster.side.caption).toContainText("Write, then ask again.");
  await cluster.button("Undo the last act").click();
  await cluster.still();
  await cluster.writeAt(cluster.side, leader, 5);
  await cluster.seek(0.4);
  await cluster.menu(cluster.side, other);
  await expect(menu).not.toContainText("has committed nothing");
  await menu.getByRole("button", { name: /^Remove server/ }).click();
  await cluster.step();
  await expect(cluster.side.caption).not.toContainText("does not change the members");
  await page.keyboard.press("Escape");
});
