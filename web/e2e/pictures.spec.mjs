// The main views are laid out as the committed pictures in `pictures/` show them. A picture differs
// where a layout changed: look at the new one before it is kept (`npm run pictures`).
import { expect, test } from "./page.mjs";

/** Of a picture's points, as many may differ. */
const TOLERANCE = 0.01;
/** Where both protocols of the cut have two leaders and something to say. */
const MOMENT = 1.35;

const wide = { width: 1440, height: 900 };
const tablet = { width: 768, height: 1024 };
const phone = { width: 360, height: 740 };

async function partition(page) {
  await page.choose("A cut, two against three");
  await page.seek(MOMENT);
}

async function inspector(page) {
  await page.seek(0.8);
  await page.side.node("B").press("Enter");
  await page.dialog.getByRole("button", { name: "Look inside" }).press("Enter");
  await expect(page.page.getByRole("complementary", { name: "Inside B" })).toBeVisible();
}

/** Another view of the run: of the minority's leader there is something in each. */
const view = (name) => async (page) => {
  await page.page.getByRole("button", { name: "Minority leader", exact: true }).press("Enter");
  await page.seek(0.7);
  await page.page.getByRole("button", { name, exact: true }).press("Enter");
  await expect(page.page.locator(".pane")).toBeVisible();
};

const pictures = [
  { name: "play", on: "cluster", viewport: wide, reach: (page) => page.seek(0.8) },
  { name: "play-tablet", on: "cluster", viewport: tablet, reach: (page) => page.seek(0.8) },
  { name: "play-phone-dark", on: "cluster", viewport: phone, dark: true, reach: (page) => page.seek(0.8) },
  { name: "play-node", on: "cluster", viewport: wide, dark: true, reach: inspector },
  { name: "play-space-time", on: "cluster", viewport: wide, reach: view("Space-time") },
  { name: "play-logs", on: "cluster", viewport: wide, dark: true, reach: view("Logs") },
  { name: "play-events-phone", on: "cluster", viewport: phone, reach: view("Events") },
  { name: "compare-dark", on: "whitewater", viewport: wide, dark: true, reach: partition },
  { name: "compare-tablet", on: "whitewater", viewport: tablet, reach: partition },
  { name: "compare-phone", on: "whitewater", viewport: phone, reach: partition },
];

/** Lets the page come to rest as it is, with nothing pointed at. */
async function settle(page) {
  await page.page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  await page.page.mouse.move(0, 0);
  await page.frames(2);
  await page.still();
}

async function expectAsCommitted(page, { name, viewport, dark, reach }) {
  // Event by event the run goes as far as asked and hardly further, whatever the machine.
  await page.page.emulateMedia({ colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  await page.page.setViewportSize(viewport);
  await reach(page);
  await settle(page);
  // How far the run was played differs from machine to machine: of what shows that, the room is compared.
  const mask = [".lanes", ".compared"].map((part) => page.page.locator(part));
  await expect(page.page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: TOLERANCE, mask });
}

for (const picture of pictures) {
  const title = `${picture.name} is laid out as its picture shows`;
  if (picture.on === "cluster") test(title, ({ cluster }) => expectAsCommitted(cluster, picture));
  else test(title, ({ whitewater }) => expectAsCommitted(whitewater, picture));
}
