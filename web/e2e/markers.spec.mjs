// The markers of the timeline: each is a button with a tip, and leads to its moment; where they crowd, one stands for
// many.
import { expect, expectAccessible } from "./fixtures.mjs";
import { test } from "./page.mjs";

const row = (page, title) => page.getByRole("group", { name: `Markers: ${title}`, exact: true });
const markers = (page, title) => row(page, title).getByRole("button");
const name = (marker) => marker.getAttribute("aria-label");
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
/** What the tip of a marker shows, or that it shows none. */
const tip = (marker) =>
  marker.evaluate((it) => {
    const { content, visibility } = getComputedStyle(it, "::after");
    return content === "none" || visibility === "hidden" ? null : JSON.parse(content.replaceAll("\n", "\\n").replaceAll("\\a ", "\\n"));
  });

test("a marker is told by its tip, and pressing leads there", async ({ page, whitewater }) => {
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(2.6);
  for (const title of ["Raft", "Oldest peer", "On both"]) {
    const all = markers(page, title);
    expect(await all.count(), title).toBeGreaterThan(2);
    const marker = all.nth(1);
    await marker.hover();
    const said = await name(marker);
    expect(said).toMatch(/^\d\.\d{3} s: /);
    expect(await tip(marker)).toBe(said);
    await marker.click();
    await whitewater.expectAt(Number.parseFloat(said));
  }
});

test("arrows lead among the markers of a row, and to other rows", async ({ page, whitewater }) => {
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(2.6);
  await whitewater.seek(0);
  const raft = await Promise.all((await markers(page, "Raft").all()).map(name));
  // One of each row is reached with Tab.
  for (const title of ["Raft", "Oldest peer", "On both"]) {
    await expect(row(page, title).locator("[tabindex='0']")).toHaveCount(1);
  }
  await row(page, "Raft").locator("[tabindex='0']").focus();
  const events = await whitewater.events();
  await page.keyboard.press("Home");
  for (const said of raft) {
    expect(await focused(page)).toBe(said);
    await page.keyboard.press("ArrowRight");
  }
  expect(await focused(page)).toBe(raft.at(-1));
  await page.keyboard.press("ArrowLeft");
  expect(await focused(page)).toBe(raft.at(-2));
  // Below it, the nearest in time.
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toMatch(/^0\.0\d\d s: A leads reign 1/);
  await page.keyboard.press("ArrowUp");
  expect(await focused(page)).toBe(raft[0]);
  // Nothing of this moved the run; Enter does.
  expect(await whitewater.events()).toBe(events);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await whitewater.expectAt(Number.parseFloat(raft.at(-1)));
  // The tip is there for the keyboard as well, until somebody hushes it.
  const last = markers(page, "Raft").last();
  expect(await tip(last)).toBe(raft.at(-1));
  await page.keyboard.press("Escape");
  expect(await tip(last)).toBeNull();
});

test("whatever is done has a sign", async ({ page, cluster }) => {
  await cluster.seek(1);
  const acts = markers(page, "Acts");
  const before = await acts.count();
  const menu = async (letter, act, at) => {
    await cluster.seek(at);
    await cluster.do(cluster.side, letter, act);
  };
  await menu("C", "Time out now", 1.1);
  await menu("D", "Pause", 1.3);
  await menu("D", "Go on", 1.5);
  await cluster.seek(1.7);
  await cluster.tool("Stop the leader").click();
  await cluster.still();
  await expect(acts).toHaveCount(before + 4);
  const said = await Promise.all((await acts.all()).map(name));
  expect(said.slice(before)).toEqual([
    "1.100 s: C is made to time out",
    "1.300 s: D stands still",
    "1.500 s: D goes on",
    "1.700 s: the leader stops",
  ]);
  const signs = await acts.locator("i").evaluateAll((all) => all.map((it) => it.className));
  expect(new Set(signs.slice(before)).size).toBe(4);
  expect(signs).not.toContain("");
});

test("where markers crowd, one stands for many and says how many", async ({ page, whitewater }) => {
  await whitewater.rough("Loss", "50%");
  await whitewater.seek(20);
  for (const title of ["Raft", "Oldest peer"]) {
    const boxes = await Promise.all((await markers(page, title).all()).map((it) => it.boundingBox()));
    expect(boxes.length, title).toBeGreaterThan(5);
    const near = boxes.slice(1).filter((box, place) => box.x - boxes[place].x < box.width - 0.5);
    expect(near, `${title}: markers that cover each other`).toEqual([]);
  }
  const many = markers(page, "Oldest peer").filter({ has: page.locator("i") });
  const said = await Promise.all((await many.all()).map(name));
  expect(said.some((it) => /\nand \d+ more, the last at \d+\.\d{3} s$/.test(it))).toBe(true);
  await expectAccessible(page, ".timeline");
});

test("clients' reads and changes of members have signs too", async ({ page, cluster }) => {
  await cluster.seek(1);
  const acts = markers(page, "Acts");
  const before = await acts.count();
  const more = async (button, at) => {
    await cluster.seek(at);
    await cluster.tool("More that can happen").click();
    await cluster.dialog.getByRole("button", { name: button, exact: true }).click();
    await expect(cluster.dialog).toHaveCount(0);
    await cluster.still();
  };
  await more("Read", 1.2);
  await more("Add as learner", 1.5);
  await expect(acts).toHaveCount(before + 2);
  await expect(acts.nth(before)).toHaveAccessibleName("1.200 s: client reads");
  await expect(acts.nth(before + 1)).toHaveAccessibleName(/^1\.500 s: \w is to get the log without a vote$/);
});

test("a broken guarantee has a marker of its own", async ({ page, cluster }) => {
  await cluster.side.region.locator(".honest").getByRole("button").click();
  await cluster.dialog.getByText("Switch a rule off…").click();
  await cluster.dialog.getByRole("button", { name: /^A majority of those that answer is enough/ }).click();
  await expect(cluster.dialog).toHaveCount(0);
  await cluster.speed.fill(await cluster.speed.getAttribute("max"));
  await cluster.paused.click();
  await expect(page.getByRole("complementary", { name: "A guarantee broke" })).toBeVisible({ timeout: 30_000 });
  await cluster.still();
  const broken = markers(page, "Raft").filter({ has: page.locator(".i-broken") });
  await expect(broken).toHaveCount(1);
  const said = await name(broken);
  expect(said).toMatch(/^\d\.\d{3} s: .+ is broken/);
  await cluster.seek(0.1);
  await broken.press("Enter");
  await cluster.expectAt(Number.parseFloat(said));
});
