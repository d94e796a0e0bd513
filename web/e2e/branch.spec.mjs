// Acting in the past keeps the future that was there, and it can be taken up again.
import { expect, test } from "./page.mjs";

/** Both stages in words: another branch takes a line of the timeline, and they become a little smaller. */
async function words(whitewater) {
  await whitewater.still();
  const told = await Promise.all(whitewater.sides.map((side) => side.stage.ariaSnapshot()));
  // Which elements of a pool stand where depends on the way here.
  return told.map((lines) => lines.split("\n").sort());
}

test("a branch that is taken up again is the very same run", async ({ page, whitewater }) => {
  const branch = page.getByRole("button", { name: /^Earlier future kept/ });
  await whitewater.seek(1.5);
  await whitewater.tool("Stop the leader").click();
  await whitewater.still();
  // Acting in the past of nothing but the slider's own reach makes branches too: this one is ours.
  const before = await branch.count();
  await whitewater.playTo(2);
  const reached = await whitewater.at();
  const [digests, told] = [await whitewater.digests(), await words(whitewater)];

  await whitewater.seek(1);
  await whitewater.cut(["A", "B"]);
  await expect(branch).toHaveCount(before + 1);
  await whitewater.playTo(1.8);
  expect(await whitewater.digests()).not.toEqual(digests);

  await branch.filter({ hasText: "the leader stops" }).first().click();
  await whitewater.expectAt(reached);
  await expect.poll(() => whitewater.digests()).toEqual(digests);
  await expect.poll(() => words(whitewater)).toEqual(told);
  // The other future was not lost either.
  await expect(branch.filter({ hasText: "it is cut" })).toHaveCount(1);
});

test("a message of another branch is not taken for one of this", async ({ page, whitewater }) => {
  const { raft } = whitewater;
  const requests = (letter) => raft.messages(new RegExp(`^vote request, ${letter} to`));
  const timeOut = async (letter) => {
    const menu = await whitewater.menu(raft, letter);
    await menu.getByRole("button", { name: /^Time out now/ }).click();
    await expect(whitewater.dialog).toHaveCount(0);
    await whitewater.still();
    // What it asks for is on its way once its own vote is stored.
    while ((await requests(letter).count()) === 0) await whitewater.step(1);
    await expect(requests(letter)).toHaveCount(4);
  };
  await whitewater.seek(0.02);
  await timeOut("D");
  const told = await words(whitewater);
  await whitewater.seek(0.01);
  await timeOut("E");
  await page.getByRole("button", { name: /If D times out/ }).click();
  expect(await words(whitewater)).toEqual(told);
});

test("the last act is taken back, and what came of it is kept", async ({ page, whitewater }) => {
  const undo = whitewater.button("Undo the last act");
  const branch = page.getByRole("button", { name: /^Earlier future kept/ });
  await whitewater.seek(1);
  const digests = await whitewater.digests();
  await whitewater.tool("Stop the leader").click();
  await whitewater.playTo(1.5);
  await whitewater.tool("Stop the leader").click();
  await whitewater.still();
  const [second, kept] = [await whitewater.at(), await branch.count()];
  await whitewater.playTo(2);
  const [reached, acted] = [await whitewater.at(), await whitewater.digests()];
  // One act, then the other; both are in the one future that is left behind.
  await undo.click();
  await whitewater.expectAt(second);
  await undo.click();
  await whitewater.expectAt(1);
  await expect(undo).toBeDisabled();
  expect(await whitewater.digests()).toEqual(digests);
  await expect(branch).toHaveCount(kept + 1);
  await branch.first().click();
  await whitewater.expectAt(reached);
  expect(await whitewater.digests()).toEqual(acted);
});

/** Makes so many branches: each act lies before the one before it. */
async function grow(whitewater, count) {
  await whitewater.seek(2);
  for (let act = 0; act < count; act += 1) {
    await whitewater.seek(1.5 - act * 0.1);
    await whitewater.tool("Stop the leader").click();
    await whitewater.still();
    await whitewater.seek(1.6 - act * 0.1);
  }
}

test("branches are chosen by keyboard, and each says what it grows on", async ({ page, cluster }) => {
  await grow(cluster, 3);
  const branches = page.getByRole("group", { name: "Branches" }).getByRole("button");
  await expect(branches).toHaveCount(3);
  for (const branch of await branches.all()) {
    await expect(branch).toHaveAccessibleName(/^Earlier future kept\. .*Parts from (branch \d|what is played now) at \d\.\d{3} s$/);
  }
  // One of them is a stop for Tab, and arrows lead on.
  await expect(branches.and(page.locator("[tabindex='0']"))).toHaveCount(1);
  await branches.first().focus();
  await page.keyboard.press("End");
  await expect(branches.last()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(branches.nth(1)).toBeFocused();
  await expect(branches.nth(1)).toBeInViewport({ ratio: 0.9 });
  const digests = await cluster.digests();
  await page.keyboard.press("Enter");
  await expect.poll(() => cluster.digests()).not.toEqual(digests);
  // What was left stands in its place, and leads back.
  await expect(branches).toHaveCount(3);
});

test("the stage does not move when branches come, and many can be scrolled to", async ({ page, cluster }) => {
  await cluster.seek(2);
  const box = () => cluster.side.stage.boundingBox();
  const before = await box();
  await grow(cluster, 4);
  expect(await box()).toEqual(before);
  const list = page.locator(".branches");
  const { client, scroll } = await list.evaluate((it) => ({ client: it.clientHeight, scroll: it.scrollHeight }));
  expect(scroll).toBeGreaterThan(client);
  // A part of the next row shows that there is more.
  const names = await page.getByRole("group", { name: "Branches" }).getByRole("button").all();
  const bottom = await list.evaluate((it) => it.getBoundingClientRect().bottom);
  const cut = await Promise.all(names.map((it) => it.boundingBox()));
  expect(cut.some(({ y, height }) => y < bottom - 4 && bottom < y + height)).toBe(true);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("the names of branches are whole", async ({ page, cluster }) => {
    await grow(cluster, 3);
    for (const branch of await page.getByRole("group", { name: "Branches" }).getByRole("button").all()) {
      const { clipped, right } = await branch.evaluate((it) => ({
        clipped: it.scrollWidth > it.clientWidth,
        right: it.getBoundingClientRect().right,
      }));
      expect(clipped).toBe(false);
      expect(right).toBeLessThanOrEqual(360);
    }
  });
});
