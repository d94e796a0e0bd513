// One message is chosen, by mouse or by keyboard, and something is done to it.
import { expect, test } from "./page.mjs";

/** Goes forward event by event until a message stands on its wire. */
async function stepTo(whitewater, messages) {
  await expect
    .poll(async () => {
      if (await messages.count()) return true;
      await whitewater.step();
      return (await messages.count()) > 0;
    }, { timeout: 30_000 })
    .toBe(true);
}

const request = (side) => side.stage.getByRole("button", { name: /^vote request, \w to \w$/ });

/** Opens the menu of the first vote request, with the keyboard. */
async function choose(cluster) {
  await stepTo(cluster, request(cluster.side));
  const name = await request(cluster.side).first().getAttribute("aria-label");
  await request(cluster.side).first().press("Enter");
  await expect(cluster.dialog).toHaveAccessibleName(name.replace(/^v/, "V"));
  return name;
}

const act = (cluster, name) => cluster.dialog.getByRole("button", { name: new RegExp(`^${name}`) }).press("Enter");

test("a message is held, and released", async ({ cluster }) => {
  const name = await choose(cluster);
  await act(cluster, "Hold");
  await cluster.seek((await cluster.at()) + 0.4);
  const held = cluster.side.stage.getByRole("button", { name: new RegExp(`^${name}`) }).first();
  await expect(held).toHaveAccessibleName(/held/);
  await held.press("Enter");
  await expect(cluster.dialog.getByText("until it is released")).toBeVisible();
  await expect(cluster.dialog.getByRole("button", { name: /^Hold/ })).toHaveCount(0);
  await act(cluster, "Release");
  await cluster.seek((await cluster.at()) + 0.2);
  await expect(cluster.side.messages(new RegExp(`^${name}, held`))).toHaveCount(0);
});

test("a message is dropped", async ({ cluster }) => {
  const name = await choose(cluster);
  await act(cluster, "Drop");
  await cluster.seek((await cluster.at()) + 0.002);
  await expect(cluster.side.stage.getByRole("button", { name, exact: true })).toHaveCount(0);
  await cluster.button("Undo the last act").click();
  await cluster.still();
  await expect(cluster.side.stage.getByRole("button", { name, exact: true })).toHaveCount(1);
});

test("a message is damaged, and its receiver takes it for nothing", async ({ cluster }) => {
  const name = await choose(cluster);
  await act(cluster, "Corrupt");
  await cluster.still();
  const broken = cluster.side.messages(new RegExp(`^${name}, broken$`));
  await expect(broken).toHaveCount(1);
  await broken.press("Enter");
  await expect(cluster.dialog.getByText(/It arrives damaged/)).toBeVisible();
  await expect(cluster.dialog.getByRole("button", { name: /^Corrupt/ })).toHaveCount(0);
});

test("a message is made late", async ({ cluster }) => {
  const name = await choose(cluster);
  await cluster.dialog.getByRole("button", { name: "250 ms" }).press("Enter");
  await cluster.seek((await cluster.at()) + 0.2);
  await expect(cluster.side.stage.getByRole("button", { name, exact: true })).toHaveCount(1);
  await cluster.seek((await cluster.at()) + 0.15);
  await expect(cluster.side.stage.getByRole("button", { name, exact: true })).toHaveCount(0);
});

test("a pointer finds a message that flies, and time stands while its menu is open", async ({ page, cluster }) => {
  await stepTo(cluster, request(cluster.side));
  await cluster.seek((await cluster.at()) + 0.005);
  const { x, y, width, height } = await request(cluster.side).first().locator("path.body").boundingBox();
  // At the slowest speed it stays where it is for long.
  await cluster.speed.fill("0");
  await cluster.play();
  // A finger is not so exact.
  await page.mouse.click(x + width / 2, y + height / 2 - 16);
  await expect(cluster.dialog).toHaveAccessibleName(/^Vote request, \w to \w$/);
  await cluster.still();
  await page.keyboard.press("Escape");
  await expect(cluster.playing).toBeVisible();
});

test("arrows go from message to message", async ({ page, cluster }) => {
  await stepTo(cluster, request(cluster.side));
  const all = request(cluster.side);
  await expect(all).toHaveCount(4);
  const before = await cluster.events();
  await cluster.side.stage.locator("[data-message][tabindex='0']").focus();
  const seen = new Set();
  for (let press = 0; press < 4; press += 1) {
    seen.add(await page.evaluate(() => document.activeElement.getAttribute("aria-label")));
    await page.keyboard.press("ArrowRight");
  }
  expect(seen.size).toBe(4);
  expect(await cluster.events(), "no step was taken").toBe(before);
});

test("on two sides a message is not to be chosen, and it is said why", async ({ page, whitewater }) => {
  await whitewater.choose("The leader stops");
  // Somebody is told to time out at 60 ms.
  await whitewater.seek(0.059);
  await stepTo(whitewater, request(whitewater.raft));
  await request(whitewater.raft).first().press("Enter");
  await expect(whitewater.dialog).toContainText("the other side does not have this message");
  await expect(whitewater.dialog.getByRole("button", { name: /^(Hold|Drop)/ })).toHaveCount(0);
  await whitewater.dialog.getByRole("link", { name: "Play one side alone" }).click();
  await expect(page.getByRole("region", { name: "Oldest peer", exact: true })).toHaveCount(0);
  await expect(whitewater.dialog).toHaveCount(0);
});
