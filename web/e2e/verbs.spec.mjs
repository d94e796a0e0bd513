// Whatever can happen to nodes and clients can be made to happen on the page of one cluster.
import { expectAccessible } from "./fixtures.mjs";
import { expect, Play, test } from "./page.mjs";

/** Opens the dialog of what else can happen, with the keyboard. */
async function more(cluster) {
  await cluster.tool("More that can happen").press("Enter");
  await expect(cluster.dialog).toHaveAccessibleName("More that can happen");
  return cluster.dialog;
}

/** Presses a button of a node's menu, with the keyboard. */
async function press(cluster, letter, act) {
  await cluster.side.node(letter).press("Enter");
  await cluster.dialog.getByRole("button", { name: new RegExp(`^${act}`) }).press("Enter");
  await expect(cluster.dialog).toHaveCount(0);
  await cluster.still();
}

/** The letters of a follower or two. */
async function followers(cluster) {
  const leader = await cluster.side.leader();
  return ["A", "B", "C", "D", "E"].filter((letter) => letter !== leader);
}

test("a node leaves and joins again, where nobody keeps a list", async ({ page, cluster }) => {
  await page.getByRole("combobox", { name: "Protocol of the first side" }).selectOption("Oldest peer");
  const play = new Play(page, "Oldest peer");
  await play.seek(0.6);
  await press(play, "C", "Leave");
  await expect(play.side.nodes).toHaveCount(4);
  const dialog = await more(play);
  const which = dialog.getByRole("combobox", { name: "Which" });
  await expect(which.getByRole("option")).toHaveText(["Node C", "Node F"]);
  await expect(dialog.getByRole("button", { name: "Add as learner" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "Join", exact: true }).press("Enter");
  await expect(play.side.nodes).toHaveCount(5);
  await more(play);
  await which.selectOption("Node F");
  await play.dialog.getByRole("button", { name: "Join", exact: true }).press("Enter");
  await expect(play.side.node("F")).toBeVisible();
  await play.seek(1.5);
  await expect(play.side.leaders).toHaveCount(1);
  await play.side.node("F").press("Enter");
  await expect(play.dialog.getByText("Raft only")).toHaveCount(0);
});

test("Raft's leader adds a learner, promotes it and removes it", async ({ cluster }) => {
  await cluster.seek(0.8);
  let dialog = await more(cluster);
  await dialog.getByRole("combobox", { name: "Which" }).selectOption("Node F");
  await dialog.getByRole("button", { name: "Add as learner" }).press("Enter");
  await expect(cluster.side.node("F")).toBeVisible();
  // A leader that has committed nothing in its term refuses the first time, and makes itself ready.
  await cluster.seek(1.2);
  await press(cluster, "F", "Add as learner");
  await cluster.seek(1.6);
  await press(cluster, "F", "Promote");
  await expect(cluster.side.nodes).toHaveCount(6);
  await cluster.seek(2);
  // It is promoted already; now it can be taken out, and then be asked in again.
  await cluster.side.node("F").press("Enter");
  dialog = cluster.dialog;
  await expect(dialog.getByRole("button", { name: /^Promote/ })).toHaveCount(0);
  await dialog.getByRole("button", { name: /^Remove server/ }).press("Enter");
  await cluster.seek(2.4);
  await cluster.side.node("F").press("Enter");
  await expect(dialog.getByRole("button", { name: /^Remove server/ })).toHaveCount(0);
  await expect(dialog.getByRole("button", { name: /^Add as learner/ })).toBeVisible();
  await dialog.getByRole("button", { name: /^Join/ }).press("Enter");
  await cluster.seek(3.2);
  await cluster.side.node("F").press("Enter");
  await expect(dialog.getByRole("button", { name: /^Remove server/ })).toBeVisible();
});

test("a learner needs a leader", async ({ cluster }) => {
  const dialog = await more(cluster);
  await expect(dialog.getByRole("button", { name: "Add as learner" })).toBeDisabled();
  await expect(dialog.getByText("nobody leads now")).toBeVisible();
});

test("a leader hands over to whom one wishes", async ({ cluster }) => {
  await cluster.seek(0.8);
  const [heir] = await followers(cluster);
  await press(cluster, heir, "Hand over to it");
  await cluster.seek(1.2);
  expect(await cluster.side.leader()).toBe(heir);
  await cluster.side.node(heir).press("Enter");
  await expect(cluster.dialog.getByRole("button", { name: /^Hand over/ })).toHaveCount(0);
  await expect(cluster.dialog.getByRole("button", { name: /^Time out now/ })).toHaveCount(0);
});

test("a node takes a snapshot once something is committed", async ({ cluster }) => {
  await cluster.side.node("A").press("Enter");
  await expect(cluster.dialog.getByRole("button", { name: /^Take snapshot/ })).toHaveCount(0);
  await cluster.page.keyboard.press("Escape");
  await cluster.seek(0.8);
  const leader = await cluster.side.leader();
  await cluster.writeAt(cluster.side, leader, 31);
  await cluster.seek(1.2);
  const before = await cluster.side.digest();
  await press(cluster, leader, "Take snapshot");
  await cluster.seek(1.4);
  await expect(cluster.side.caption).toContainText(/snapshot/i);
  expect((await cluster.side.digest()).digest).not.toBe(before.digest);
});

test("a node is as slow as one says", async ({ cluster }) => {
  await cluster.seek(0.8);
  const leader = await cluster.side.leader();
  await cluster.side.node(leader).press("Enter");
  const slow = cluster.dialog.getByRole("combobox", { name: "How long it works on each message" });
  await expect(slow.locator("option:checked")).toHaveText("40 ms each");
  await slow.selectOption("1 s each");
  await cluster.dialog.getByRole("button", { name: "Slow down" }).press("Enter");
  // At a second a message nobody hears from it in time: another leads.
  await cluster.seek(3);
  await cluster.side.node(leader).press("Enter");
  await expect(cluster.dialog.getByText(/^slow, \d+ messages wait$/)).toBeVisible();
  await cluster.dialog.getByRole("button", { name: /^Full speed/ }).press("Enter");
  await cluster.side.node(leader).press("Enter");
  await expect(cluster.dialog.getByText(/^slow/)).toHaveCount(0);
});

test("a client writes to a key and reads it, of whom one says", async ({ cluster }) => {
  await cluster.choose("A cut, two against three");
  await cluster.seek(0.3);
  const leader = await cluster.side.leader();
  let dialog = await more(cluster);
  await dialog.getByRole("combobox", { name: "Who" }).selectOption("client 2");
  await dialog.getByRole("combobox", { name: "asks" }).selectOption(`Node ${leader}`);
  await dialog.getByRole("spinbutton", { name: "Key" }).fill("7");
  await dialog.getByRole("spinbutton", { name: "Value" }).fill("88");
  await dialog.getByRole("spinbutton", { name: "Value" }).press("Enter");
  await expect(cluster.dialog).toHaveCount(0);
  await cluster.seek(0.5);
  await expect(cluster.side.data(leader)).toHaveAccessibleName(new RegExp(`^Log of ${leader}: 88 committed`));
  dialog = await more(cluster);
  await dialog.getByRole("spinbutton", { name: "Key" }).fill("7");
  await dialog.getByRole("button", { name: "Read" }).press("Enter");
  await expect(cluster.dialog).toHaveCount(0);
  await cluster.still();
  // A read goes through the log as a write does.
  await expect(cluster.side.caption).toContainText("writes the client's command into its log as entry 2");
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
]) {
  test(`dialogs are accessible and fit, ${viewport.width} pixels wide`, async ({ page, cluster }) => {
    await page.setViewportSize(viewport);
    await cluster.playTo(0.8);
    const open = {
      menu: () => cluster.side.node("C").press("Enter"),
      more: () => more(cluster),
      cut: async () => {
        await cluster.tool("Cut…").press("Enter");
        await cluster.dialog.getByRole("button", { name: "3", exact: true }).press("Enter");
      },
    };
    for (const reach of Object.values(open)) {
      await reach();
      await expect(cluster.dialog).toBeVisible();
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await cluster.frames(2);
        await expectAccessible(page);
      }
      const wider = await cluster.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      expect(wider).toBe(0);
      await page.keyboard.press("Escape");
      await expect(cluster.dialog).toHaveCount(0);
    }
  });
}
