// The views beside the ring: a person turns to them, reads them, and goes where they lead.
import { expectAccessible } from "./fixtures.mjs";
import { expect, test } from "./page.mjs";
import { View } from "./view.mjs";

test.describe("on one cluster", () => {
  let view;
  test.beforeEach(async ({ cluster }) => {
    view = new View(cluster, "Raft");
    await cluster.button("Minority leader").click();
    await cluster.expectAt(0);
    await cluster.still();
    await cluster.seek(0.9);
  });

  test("the tabs are turned to by keyboard, and the ring stays beside the other views", async ({ page, cluster }) => {
    await view.tab("Ring").focus();
    for (const name of ["Space-time", "Logs", "Events"]) {
      await page.keyboard.press("Tab");
      await expect(view.tab(name)).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(view.pane(name)).toBeVisible();
      await expect(cluster.side.node("A")).toBeVisible();
    }
    await view.turn("Ring");
    await expect(view.region).toHaveCount(0);
  });

  test("a press on the diagram goes to that moment, and on a message looks into it", async ({ page, cluster }) => {
    await view.turn("Space-time");
    const sheet = view.marks;
    const { x, y, width } = await sheet.boundingBox();
    const before = await cluster.at();
    // Above the rows nothing is near.
    await page.mouse.click(x + width * 0.4, y + 3);
    await expect.poll(() => cluster.at()).toBeLessThan(before - 0.1);
    await cluster.still();
    const message = view.messages.first();
    const name = (await message.getAttribute("aria-label")).replace(/, sent .*/, "");
    await message.focus();
    await page.keyboard.press("Enter");
    const inspector = page.getByRole("complementary", { name: new RegExp(`^${name}$`, "i") });
    await expect(inspector).toBeVisible();
    await expect(inspector).toContainText("What it says");
  });

  test("arrows go from mark to mark of the diagram, in order of time, and leave the moment alone", async ({ page, cluster }) => {
    await view.turn("Space-time");
    const at = await cluster.at();
    await view.marks.getByRole("button").first().focus();
    const seen = [];
    for (let step = 0; step < 4; step += 1) {
      seen.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label")));
      await page.keyboard.press("ArrowRight");
    }
    expect(new Set(seen).size).toBe(4);
    await page.keyboard.press("ArrowLeft");
    expect(await page.evaluate(() => document.activeElement.getAttribute("aria-label"))).toBe(seen[3]);
    expect(await cluster.at()).toBe(at);
  });

  test("the diagram shows more time and less, and never more than the timeline", async ({ page }) => {
    await view.turn("Space-time");
    const count = () => view.messages.count();
    const few = await count();
    await view.region.getByRole("button", { name: "Show more time" }).click();
    await expect.poll(count).toBeGreaterThan(few);
    const more = view.region.getByRole("button", { name: "Show more time" });
    while (await more.isEnabled()) await more.click();
    const end = await page.locator(".ruler > span").last().innerText();
    await expect(view.region.locator(".pane-bar")).toContainText(`${Number.parseFloat(end)} s`);
  });

  test("the logs show every node, what is committed and what is carried out", async ({ page, cluster }) => {
    await view.turn("Logs");
    const grid = view.region.getByRole("grid");
    await expect(grid.getByRole("row")).toHaveCount(6);
    // The leader in the minority holds what nobody else does.
    await expect(grid.getByRole("gridcell", { name: /position 1: 7, term 1, not yet committed/ })).toHaveCount(1);
    await expect(grid.getByRole("gridcell", { name: /position 1: 9, term 2, committed, carried out/ })).not.toHaveCount(0);
    const cells = grid.locator("[role=gridcell][tabindex]");
    await cells.first().focus();
    await page.keyboard.press("ArrowDown");
    await expect(cells.nth(1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("complementary", { name: /^Inside / })).toBeVisible();
    expect(await cluster.at()).toBe(0.9);
    await page.keyboard.press("Escape");
    await expect(cells.nth(1)).toBeFocused();
  });

  test("the events are filtered by kind, by node and by words", async ({ page }) => {
    await view.turn("Events");
    const kinds = view.region.getByRole("group", { name: "Kinds of events" }).getByRole("button");
    for (const kind of await kinds.all()) {
      if ((await kind.getAttribute("aria-pressed")) === "true") await kind.click();
    }
    await expect(view.region).toContainText("Nothing like that has happened here.");
    await view.region.getByRole("button", { name: "Acts", exact: true }).click();
    await expect.poll(() => view.events.count()).toBeGreaterThan(2);
    expect(await view.events.count()).toBeLessThan(9);
    await expect(view.events.filter({ hasText: /cut/i })).not.toHaveCount(0);
    await view.region.getByRole("button", { name: "Leadership", exact: true }).click();
    await view.region.getByRole("combobox", { name: "Events of" }).selectOption("Node E");
    await expect(view.events.filter({ hasText: "E leads in term 2." })).toHaveCount(1);
    await view.region.getByRole("combobox", { name: "Events of" }).selectOption("All nodes");
    await page.getByRole("searchbox", { name: "Search events" }).fill("VOTES for");
    await expect.poll(() => view.events.count()).toBeGreaterThan(2);
    for (const text of await view.events.allInnerTexts()) expect(text).toMatch(/votes for/);
  });

  test("an event is gone to, by pointer and by keyboard", async ({ page, cluster }) => {
    await view.turn("Events");
    await page.getByRole("searchbox").fill("becomes the leader");
    await expect(view.events).toHaveCount(2);
    const at = async (place) => Number.parseFloat(await view.events.nth(place).innerText());
    const [first, second] = [await at(0), await at(1)];
    await view.events.nth(1).getByRole("button").click();
    await cluster.expectAt(second);
    await view.events.nth(1).getByRole("button").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await cluster.expectAt(first);
    // What lies ahead stays in the list.
    await expect(view.events).toHaveCount(2);
  });

  test("the list follows the moment, until somebody scrolls", async ({ cluster }) => {
    await view.turn("Events");
    await expect(view.now).toBeInViewport();
    await cluster.seek(0.2);
    await expect(view.now).toBeInViewport();
    const before = Number.parseFloat(await view.now.innerText());
    expect(before).toBeLessThanOrEqual(0.2);
    await cluster.seek(0.9);
    await expect(view.now).toBeInViewport();
    await view.list.hover();
    await cluster.page.mouse.wheel(0, -600);
    await expect(view.follows).toHaveAttribute("aria-pressed", "false");
    await cluster.seek(0.5);
    await view.follows.click();
    await expect(view.now).toBeInViewport();
  });

  test("of a long list only what can be seen is on the page", async ({ cluster }) => {
    await view.turn("Events");
    for (const kind of ["Routine", "Messages"]) await view.region.getByRole("button", { name: kind, exact: true }).click();
    await cluster.playPast(4);
    const size = async () => Number(await view.events.last().getAttribute("aria-setsize"));
    expect(await size()).toBeGreaterThan(1_000);
    expect(await view.events.count()).toBeLessThan(60);
  });
});

test("nothing is read for a view that is not shown, or while time stands", async ({ cluster }) => {
  const view = new View(cluster, "Raft");
  await cluster.seek(1);
  for (const name of ["Space-time", "Logs", "Events", "Ring"]) {
    await view.turn(name);
    await cluster.still();
    const frames = await cluster.page.evaluate(async () => {
      let count = 0;
      const real = window.requestAnimationFrame;
      window.requestAnimationFrame = (call) => {
        count += 1;
        return real.call(window, call);
      };
      await new Promise((done) => setTimeout(done, 400));
      window.requestAnimationFrame = real;
      return count;
    });
    expect(frames, name).toBe(0);
  }
});

test("while time passes a view changes at most ten times a second", async ({ cluster }) => {
  const view = new View(cluster, "Raft");
  await cluster.seek(1);
  await view.turn("Space-time");
  await cluster.play();
  const changes = await view.region.evaluate(async (region) => {
    let count = 0;
    let last = "";
    const watch = new MutationObserver(() => {
      const now = region.querySelector(".picture svg")?.outerHTML;
      if (now !== last) count += 1;
      last = now;
    });
    watch.observe(region, { childList: true, subtree: true });
    const began = performance.now();
    while (performance.now() - began < 1_500) await new Promise((done) => requestAnimationFrame(done));
    watch.disconnect();
    return (count * 1_000) / (performance.now() - began);
  });
  expect(changes).toBeGreaterThan(0);
  expect(changes).toBeLessThanOrEqual(10.7);
});

test("another run and another page leave nothing of the last one in a view", async ({ page, cluster }) => {
  const view = new View(cluster, "Raft");
  await cluster.seek(1);
  await view.turn("Events");
  await page.getByRole("searchbox").fill("becomes the leader");
  await expect(view.events).toHaveCount(1);
  const before = await view.events.first().innerText();
  await cluster.button("New seed").click();
  await cluster.still();
  await cluster.seek(1);
  await expect(view.events).toHaveCount(1);
  expect(await view.events.first().innerText()).not.toBe(before);
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("region", { name: "Oldest peer: events" })).toBeVisible();
});

const screens = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];

for (const name of ["Space-time", "Logs", "Events"]) {
  test(`no violation in ${name}, and it fits a phone and a finger`, async ({ page, whitewater }) => {
    await whitewater.choose("A cut, two against three");
    await whitewater.seek(1.35);
    const view = new View(whitewater, "Raft");
    await view.turn(name);
    for (const viewport of screens) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await whitewater.frames(3);
        await whitewater.still();
        await expectAccessible(page, "main");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(viewport.width);
        const small = await view.region.evaluate((region, least) => {
          const all = [...region.querySelectorAll("button, input, select")].filter((it) => it.checkVisibility());
          const rects = all.map((it) => [it.getAttribute("aria-label") ?? it.textContent, it.getBoundingClientRect()]);
          return rects.filter(([, { width, height }]) => Math.min(width, height) < least - 0.5).map(([name]) => name);
        }, viewport.width < 700 ? 44 : 24);
        expect(small).toEqual([]);
      }
    }
  });
}
