// What is pointed at, or has the focus, in one view is marked in the others.
import { expect, test } from "./page.mjs";
import { View } from "./view.mjs";

/** Whether a node of a stage is marked. */
const isMarked = (node) => node.evaluate((it) => it.classList.contains("selected"));

test.describe("on one cluster", () => {
  let view;
  test.beforeEach(async ({ cluster }) => {
    view = new View(cluster, "Raft");
    await cluster.button("Minority leader").click();
    await cluster.expectAt(0);
    await cluster.still();
    await cluster.seek(0.9);
  });

  test("a node on the ring is marked in the diagram, in the logs and among the events", async ({ page, cluster }) => {
    await view.turn("Space-time");
    await cluster.side.node("C").hover();
    await expect(view.region.locator("[data-lit=row]")).toHaveCount(1);
    await page.mouse.move(1, 1);
    await expect(view.lit).toHaveCount(0);
    await view.turn("Logs");
    await cluster.side.node("C").focus();
    await expect(view.region.locator("[role=row].lit")).toHaveCount(1);
    await expect(view.region.locator("[role=row].lit")).toContainText("C");
    await view.turn("Events");
    await cluster.side.node("E").hover();
    await expect(view.region.locator("li.lit").first()).toContainText("E");
  });

  test("a message on the ring is marked in the diagram, and one in the diagram on the ring", async ({ page, cluster }) => {
    await view.turn("Space-time");
    const flying = cluster.side.stage.locator("[data-message][tabindex]:not([display=none])").first();
    const number = await flying.getAttribute("data-message");
    await flying.focus();
    await expect(view.region.locator("[data-lit=message]")).toHaveCount(1);
    await expect(cluster.side.stage.locator("circle.lit")).toBeVisible();
    await view.tab("Space-time").focus();
    await expect(view.lit).toHaveCount(0);
    await expect(cluster.side.stage.locator("circle.lit")).toBeHidden();
    await view.marks.locator(`[data-message="${number}"]`).focus();
    await expect(cluster.side.stage.locator("circle.lit")).toBeVisible();
    await page.mouse.move(1, 1);
  });

  test("an entry is marked in every log, and its node on the ring", async ({ cluster }) => {
    await view.turn("Logs");
    const cell = view.region.getByRole("gridcell", { name: /position 1: 9/ }).first();
    await cell.hover();
    await expect.poll(() => view.region.locator("[data-lit=entry]").count()).toBeGreaterThan(2);
    const letter = (await view.region.locator("[role=row].lit").innerText())[0];
    expect(await isMarked(cluster.side.node(letter))).toBe(true);
  });

  test("an event marks its node on the ring, and events of one message mark each other", async ({ page, cluster }) => {
    await view.turn("Events");
    await page.getByRole("searchbox").fill("E leads in term 2");
    await view.events.first().getByRole("button").hover();
    await expect.poll(() => isMarked(cluster.side.node("E"))).toBe(true);
    expect(await isMarked(cluster.side.node("A"))).toBe(false);
    await page.mouse.move(1, 1);
    await expect.poll(() => isMarked(cluster.side.node("E"))).toBe(false);
    await view.events.first().getByRole("button").focus();
    await expect.poll(() => isMarked(cluster.side.node("E"))).toBe(true);
  });
});

test("on two sides a node is marked on both", async ({ whitewater }) => {
  await whitewater.seek(0.5);
  const [raft, oldest] = [new View(whitewater, "Raft"), new View(whitewater, "Oldest peer")];
  await raft.turn("Logs");
  await raft.region.getByRole("rowheader").nth(2).hover();
  await expect(oldest.region.locator("[role=row].lit")).toHaveCount(1);
  await expect(oldest.region.locator("[role=row].lit")).toContainText("C");
});
