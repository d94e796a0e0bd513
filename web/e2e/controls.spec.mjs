// What can be done to a node and to the network, by pointer and by keyboard.
import { expect, test } from "./page.mjs";

for (const way of ["click", "Enter", "Space"]) {
  test(`${way} opens a node's menu, and Escape gives the focus back`, async ({ page, whitewater }) => {
    const node = whitewater.raft.node("C");
    if (way === "click") await node.click();
    else await node.press(way);
    await expect(whitewater.dialog).toHaveAccessibleName("Node C");
    await page.keyboard.press("Escape");
    await expect(whitewater.dialog).toHaveCount(0);
    await expect(node).toBeFocused();
    await expect(whitewater.paused).toBeVisible();
  });
}

test("time stands while a menu is open", async ({ page, whitewater }) => {
  await whitewater.play();
  await whitewater.raft.node("C").press("Enter");
  await expect(whitewater.dialog).toBeVisible();
  const digests = await whitewater.digests();
  const at = await whitewater.at();
  await whitewater.frames(2);
  expect(await whitewater.digests()).toEqual(digests);
  expect(await whitewater.at()).toBe(at);
  await page.keyboard.press("Escape");
  await expect.poll(() => whitewater.at()).toBeGreaterThan(at);
});

test("a node stops and starts on both sides", async ({ whitewater }) => {
  const { raft, oldest } = whitewater;
  await whitewater.playTo(0.7);
  let menu = await whitewater.menu(oldest, "D");
  await expect(menu.getByRole("button", { name: /^Start/ })).toHaveCount(0);
  await menu.getByRole("button", { name: /^Stop/ }).click();
  await expect(raft.node("D")).toHaveAccessibleName(/, stopped$/);
  await expect(oldest.node("D")).toHaveAccessibleName(/, stopped$/);
  menu = await whitewater.menu(raft, "D");
  await expect(menu.getByRole("button", { name: /^Stop/ })).toHaveCount(0);
  await menu.getByRole("button", { name: /^Start/ }).click();
  await expect(raft.node("D")).not.toHaveAccessibleName(/stopped/);
  await expect(oldest.node("D")).not.toHaveAccessibleName(/stopped/);
  // Whoever comes back is the youngest.
  await whitewater.playTo((await whitewater.at()) + 1);
  await expect(oldest.node("D")).toHaveAccessibleName(/5th oldest/);
});

test("only Raft's nodes can be timed out", async ({ page, whitewater }) => {
  const timeOut = whitewater.dialog.getByRole("button", { name: /^Time out now/ });
  await whitewater.menu(whitewater.oldest, "D");
  await expect(timeOut).toHaveCount(0);
  await page.keyboard.press("Escape");
  await whitewater.menu(whitewater.raft, "D");
  await timeOut.click();
  await expect(whitewater.raft.node("D")).toHaveAccessibleName(/^Node D, candidate, term 1/);
  await whitewater.playTo(0.1, 6);
  expect(await whitewater.raft.leader()).toBe("D");
});

test("a client writes on both sides", async ({ whitewater }) => {
  const { raft, oldest, tools } = whitewater;
  await whitewater.playTo(0.9);
  await tools.getByRole("spinbutton").fill("321");
  await whitewater.tool("Write").click();
  // The next value is offered, so that two writes are never the same by mistake.
  await expect(tools.getByRole("spinbutton")).toHaveValue("322");
  await whitewater.playTo((await whitewater.at()) + 0.8);
  for (const letter of ["A", "B", "C", "D", "E"]) {
    await expect(raft.data(letter)).toHaveAccessibleName(`Log of ${letter}: 321 committed`);
  }
  await expect(oldest.data("A")).toHaveAccessibleName("Data of A: 321 confirmed");
});

test("nonsense is not written", async ({ whitewater }) => {
  const field = whitewater.tools.getByRole("spinbutton");
  for (const value of ["", "-1", "1000", "1.5"]) {
    await field.fill(value);
    await whitewater.tool("Write").click();
    await expect(field).toHaveJSProperty("validity.valid", false);
  }
  await whitewater.still();
  await expect(whitewater.button("Undo the last act")).toBeDisabled();
});

test("a cut needs a node on each side", async ({ whitewater }) => {
  await whitewater.tool("Cut…").click();
  const cut = whitewater.dialog.getByRole("button", { name: "Cut", exact: true });
  const above = whitewater.dialog.getByRole("button", { name: /above the river/, pressed: true });
  await whitewater.dialog.getByRole("button", { name: "1 | 4" }).click();
  await expect(above).toHaveCount(1);
  await above.click();
  await expect(cut).toBeDisabled();
  await expect(whitewater.dialog.getByRole("status")).toHaveText("Put at least one node on each side.");
  await whitewater.dialog.getByRole("button", { name: "2 | 3" }).click();
  await expect(cut).toBeEnabled();
});

test("what the checks are can be read", async ({ whitewater }) => {
  const badge = whitewater.raft.region.getByRole("button", { name: /^\d+ checks hold$/ });
  const checks = Number.parseInt(await badge.innerText(), 10);
  await badge.click();
  await expect(whitewater.dialog).toHaveAccessibleName("What is checked on Raft");
  await expect(whitewater.dialog.getByRole("listitem")).toHaveCount(checks);
});
