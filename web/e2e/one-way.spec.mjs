// A cut in one direction: who is no longer heard still hears.
import { expect, test } from "./page.mjs";

test("the chooser says which way is closed", async ({ whitewater }) => {
  await whitewater.tool("Cut…").click();
  const { dialog } = whitewater;
  const said = dialog.getByRole("status");
  const way = (name) => dialog.getByRole("button", { name, exact: true });
  await dialog.getByRole("button", { name: "2 | 3" }).click();
  await expect(way("either way")).toHaveAttribute("aria-pressed", "true");
  await expect(said).toHaveText("A B will not hear C D E, nor be heard there.");
  await way("down").press("Enter");
  await expect(way("down")).toHaveAttribute("aria-pressed", "true");
  await expect(way("either way")).toHaveAttribute("aria-pressed", "false");
  await expect(said).toHaveText("A B no longer reach C D E, but hear them.");
  await way("up").press("Space");
  await expect(said).toHaveText("C D E no longer reach A B, but hear them.");
  await dialog.getByRole("button", { name: "1 | 4" }).click();
  await expect(said).toHaveText("B C D E no longer reach A, but hear it.");
  await way("down").click();
  await expect(said).toHaveText("A no longer reaches B C D E, but hears them.");
});

test("messages pass one way only", async ({ page, whitewater }) => {
  const { raft, oldest } = whitewater;
  await whitewater.seek(0.9);
  const old = await raft.leader();
  await whitewater.cut([old], "down");
  for (const side of whitewater.sides) {
    await expect(side.caption).toContainText(`The network is cut one way: nothing passes from ${old} to`);
  }
  await expect(whitewater.news).toContainText("The network is cut one way.");
  await expect(page.getByText("Cut one way, 1 to 4")).toBeVisible();
  await whitewater.writeAt(raft, old, 61);
  await whitewater.seek((await whitewater.at()) + 1.2);
  // The others elect one of them. The old leader hears of it and steps down: cut off both ways it
  // would still lead.
  await expect(raft.leaders).toHaveCount(1);
  expect(await raft.leader()).not.toBe(old);
  await expect(raft.data(old)).not.toHaveAccessibleName(/61 committed/);
  await expect(oldest.leaders).not.toHaveCount(0);
  await whitewater.tool("Heal").click();
  await expect(whitewater.tool("Heal")).toBeDisabled();
  await expect(whitewater.news).toContainText("The network is whole again.");
});

test("whoever is cut off the other way leads on, and can promise nothing", async ({ page, whitewater }) => {
  const { raft } = whitewater;
  await whitewater.seek(0.9);
  const old = await raft.leader();
  await whitewater.cut([old], "up");
  await whitewater.writeAt(raft, old, 62);
  await whitewater.seek((await whitewater.at()) + 1.2);
  // Its heartbeats keep everybody waiting, and no answer reaches it.
  expect(await raft.leader()).toBe(old);
  await expect(raft.data(old)).toHaveAccessibleName(/62 not yet( committed)?$/);
  await expect(page.getByText("cannot commit", { exact: true })).toBeVisible();
});

test("another cut takes the place of a cut", async ({ page, whitewater }) => {
  await whitewater.cut(["A", "B"], "down");
  await whitewater.tool("Cut…").click();
  const { dialog } = whitewater;
  // The chooser opens with the network as it is.
  await expect(dialog.getByRole("status")).toHaveText("A B no longer reach C D E, but hear them.");
  await dialog.getByRole("button", { name: "either way", exact: true }).click();
  await dialog.getByRole("button", { name: "Cut", exact: true }).click();
  await expect(page.getByText("Cut 2 from 3")).toBeVisible();
  await whitewater.tool("Cut…").click();
  await expect(dialog.getByRole("status")).toHaveText("A B will not hear C D E, nor be heard there.");
});
