// A cut is drawn across the ring with a mouse or a finger; by keyboard it is chosen.
import { expect, test } from "./page.mjs";

const pill = (page) => page.getByText(/^Cut \d/);

/** The middle of a node's disc in the window. */
async function middle(side, letter) {
  const { x, y, width, height } = await side.node(letter).boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** A line between the upper two, A and B, and the other three, from the left to the right. */
async function between(side) {
  const [a, e] = [await middle(side, "A"), await middle(side, "E")];
  const box = await side.stage.boundingBox();
  const y = (a.y + e.y) / 2;
  return [
    { x: box.x + 6, y },
    { x: box.x + box.width - 6, y },
  ];
}

async function draw(page, [from, to]) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
}

test("a line parts those above it from those below, and says so before it does", async ({ page, cluster }) => {
  await draw(page, await between(cluster.side));
  await expect(cluster.side.stage.getByText("A B | C D E")).toBeVisible();
  await expect(pill(page)).toHaveCount(0);
  await page.mouse.up();
  await cluster.still();
  await expect(pill(page)).toHaveText("Cut 2 from 3");
  await expect(cluster.side.stage.getByText("A B | C D E")).toBeHidden();
  await expect(cluster.news).toContainText("The network is cut.");
  await expect(cluster.dialog).toHaveCount(0);
  // A second line parts further: the two above from each other.
  const [a, b] = [await middle(cluster.side, "A"), await middle(cluster.side, "B")];
  const box = await cluster.side.stage.boundingBox();
  const x = (a.x + b.x) / 2;
  await draw(page, [
    { x, y: box.y + 4 },
    { x, y: box.y + box.height - 4 },
  ]);
  await page.mouse.up();
  await cluster.still();
  await expect(pill(page)).toHaveText(/^Cut \d from \d from \d/);
  await cluster.tool("Heal").click();
  await expect(pill(page)).toHaveCount(0);
});

test("a line beside everybody cuts nobody off, and a press is no line", async ({ page, cluster }) => {
  const box = await cluster.side.stage.boundingBox();
  await draw(page, [
    { x: box.x + 4, y: box.y + 10 },
    { x: box.x + 4, y: box.y + box.height - 10 },
  ]);
  await expect(cluster.side.stage.getByText("nobody is cut off")).toBeVisible();
  await page.mouse.up();
  await page.mouse.click(box.x + 20, box.y + box.height / 2);
  await cluster.still();
  await expect(pill(page)).toHaveCount(0);
  await expect(cluster.button("Undo the last act")).toBeDisabled();
});

test("a line is drawn on either of two stages, for both", async ({ page, whitewater }) => {
  await draw(page, await between(whitewater.oldest));
  await page.mouse.up();
  await whitewater.still();
  await expect(pill(page)).toHaveText("Cut 2 from 3");
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test("told to draw, a finger draws and does not scroll", async ({ page, cluster }) => {
    await cluster.tool("Cut…").tap();
    await cluster.dialog.getByRole("button", { name: "Draw a line instead" }).tap();
    await expect(page.getByText("Draw a line across the ring")).toBeVisible();
    await cluster.button("Cancel").tap();
    await expect(page.getByText("Draw a line across the ring")).toHaveCount(0);
    await cluster.tool("Cut…").tap();
    await cluster.dialog.getByRole("button", { name: "Draw a line instead" }).tap();
    await cluster.still();
    const [from, to] = await between(cluster.side);
    const client = await page.context().newCDPSession(page);
    const touch = (type, touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", [from]);
    await touch("touchMove", [{ x: (from.x + to.x) / 2, y: from.y + 20 }]);
    await touch("touchMove", [to]);
    await touch("touchEnd", []);
    await cluster.still();
    await expect(cluster.button("Heal").first()).toBeEnabled();
    await expect(cluster.news).toContainText("The network is cut.");
    await expect(page.getByText("Draw a line across the ring")).toHaveCount(0);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

test("three sides are chosen by keyboard", async ({ page, cluster }) => {
  await cluster.tool("Cut…").press("Enter");
  await cluster.dialog.getByRole("button", { name: "3", exact: true }).press("Enter");
  await expect(cluster.dialog.getByRole("status")).toHaveText("Nobody hears another side: A D | B E | C.");
  await cluster.dialog.getByRole("button", { name: "E on side 2 of 3" }).press("Enter");
  await expect(cluster.dialog.getByRole("status")).toHaveText("Nobody hears another side: A D | B | C E.");
  await cluster.dialog.getByRole("button", { name: "Cut", exact: true }).press("Enter");
  await cluster.still();
  await expect(pill(page)).toHaveText("Cut 2 from 1 from 2");
  // The chooser opens as the network is cut.
  await cluster.tool("Cut…").press("Enter");
  await expect(cluster.dialog.getByRole("button", { name: "E on side 3 of 3" })).toBeVisible();
});
