// One cluster: any protocol, one to 31 nodes, and something that moves as soon as one looks.
import { expectAccessible } from "./fixtures.mjs";
import { golden, read, seconds } from "./golden.mjs";
import { Compare, expect, Play, test } from "./page.mjs";

const nav = (page, name) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true });

test("a first visit sees messages move within two seconds", async ({ page }) => {
  await page.goto("./");
  const play = new Play(page);
  await expect(play.playing).toBeVisible();
  const sent = () => play.side.measure("Messages sent");
  // The page counts what it draws: the first message comes within two seconds of the first frame.
  const waited = await page.evaluate(
    () =>
      new Promise((done) => {
        const start = performance.now();
        const isDrawn = (canvas) => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.some((value) => value > 0);
        };
        const look = () => {
          const flying = [...document.querySelectorAll("canvas.flights")].some(isDrawn);
          if (flying || performance.now() - start > 5000) done(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  expect(waited).toBeLessThan(2000);
  await expect.poll(sent).toBeGreaterThan(0);
});

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing begins by itself", async ({ page }) => {
    await page.goto("./");
    const play = new Play(page);
    await expect(play.paused).toHaveAccessibleName("Step through");
    await play.still();
    await play.expectAt(0);
  });
});

for (const [protocol, name] of [
  ["raft", "Raft"],
  ["almighty", "Oldest peer"],
  ["watercraft", "WaterCraft"],
]) {
  test(`${name} alone is the very run that it is beside another`, async ({ page, cluster }) => {
    const { title, until } = JSON.parse(read("scenarios/cut.json"));
    await cluster.choose(title);
    await page.getByRole("combobox", { name: "Protocol of the first side" }).selectOption(name);
    const play = new Play(page, name);
    await play.still();
    await play.seek(seconds(until));
    await play.still();
    expect(await play.side.digest()).toEqual(golden("cut", protocol));
  });
}

test("one to 31 nodes", async ({ page, cluster }) => {
  const fewer = cluster.button("One node fewer");
  const more = cluster.button("One node more");
  await cluster.size(31);
  await expect(more).toBeDisabled();
  await cluster.playPast(1);
  await expect(cluster.side.leaders).toHaveCount(1);
  await fewer.click();
  await expect(cluster.side.nodes).toHaveCount(30);
  await cluster.expectAt(0);
  await cluster.size(1);
  await expect(fewer).toBeDisabled();
  await cluster.playPast(1);
  await expect(cluster.side.leaders).toHaveAccessibleName(/^Node A, leader/);
  // What is no number of nodes becomes the nearest that is one.
  await cluster.count.fill("99");
  await cluster.count.press("Enter");
  await expect(cluster.side.nodes).toHaveCount(31);
  await expect(cluster.count).toHaveValue("31");
  await expectAccessible(page);
});

test("fewer nodes than a scenario names play it without the others", async ({ cluster }) => {
  await cluster.choose("A cut, two against three");
  await cluster.size(3);
  await cluster.seek(1.35);
  await expect(cluster.side.nodes).toHaveCount(3);
});

test("a page has an address that leads back to it", async ({ page, cluster }) => {
  await expect(nav(page, "Play")).toHaveAttribute("aria-current", "page");
  await nav(page, "Compare").click();
  const compare = new Compare(page);
  await expect(compare.oldest.nodes).toHaveCount(5);
  await expect(nav(page, "Compare")).toHaveAttribute("aria-current", "page");
  expect(new URL(page.url()).hash).toBe("#compare");
  await compare.still();
  await page.goBack();
  await expect(compare.oldest.region).toHaveCount(0);
  await expect(cluster.side.nodes).toHaveCount(5);
  await page.goto("./#compare");
  await page.reload();
  await expect(compare.oldest.nodes).toHaveCount(5);
});

test("scenario, seed and speed stay from page to page", async ({ page, cluster }) => {
  await cluster.choose("The leader stops");
  await cluster.seed.fill("11");
  await cluster.seed.press("Enter");
  await cluster.speed.fill("9");
  await nav(page, "Compare").click();
  const compare = new Compare(page);
  await expect(compare.oldest.nodes).toHaveCount(5);
  await expect(compare.seed).toHaveValue("11");
  await expect(compare.speed).toHaveValue("9");
  await expect(compare.scenario.locator("option:checked")).toHaveText("The leader stops");
});

test("the leader stops by one press, and that is taken back by another", async ({ cluster }) => {
  await cluster.playTo(0.5);
  const leader = await cluster.side.leader();
  await cluster.tool("Stop the leader").click();
  await expect(cluster.side.node(leader)).toHaveAccessibleName(/, stopped$/);
  await cluster.button("Undo the last act").click();
  await expect(cluster.side.node(leader)).toHaveAccessibleName(/, leader,/);
});

const screens = [
  { width: 1440, height: 900 },
  { width: 768, height: 1024 },
  { width: 360, height: 740 },
];

for (const viewport of screens) {
  test(`one cluster fits ${viewport.width} pixels, and axe finds nothing`, async ({ page, cluster }) => {
    await page.setViewportSize(viewport);
    await cluster.choose("A cut, two against three");
    await cluster.seek(1.35);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await cluster.frames(2);
      await cluster.still();
      await expectAccessible(page);
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);
  });
}
