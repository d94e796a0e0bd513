// The stage is calm: nothing is drawn that nobody sees, nothing flashes, nothing jumps.
import { expect, test } from "./page.mjs";

/** Lets the page count the frames that its loop asks for. */
async function countFrames(page) {
  await page.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    window.asked = 0;
    window.askQuietly = ask;
    window.requestAnimationFrame = (draw) => {
      window.asked += 1;
      return ask(draw);
    };
  });
}

/** How many frames the loop asks for while the browser draws so many. */
function asked(page, frames) {
  return page.evaluate(async (count) => {
    const before = window.asked;
    for (let frame = 0; frame < count; frame += 1) await new Promise((done) => window.askQuietly(done));
    return window.asked - before;
  }, frames);
}

test.describe("out of sight", () => {
  test.beforeEach(async ({ page }) => countFrames(page));

  test("the loop rests while the page is paused, and while it is beside the screen", async ({ page, whitewater }) => {
    expect(await asked(page, 30), "paused").toBe(0);
    await whitewater.play();
    expect(await asked(page, 30), "playing").toBeGreaterThan(10);
    // As in a course's text: much else comes before it.
    await page.evaluate(() => {
      const text = document.createElement("div");
      text.id = "course";
      text.style.cssText = "flex: none; height: 500vh";
      document.body.prepend(text);
      scrollTo(0, 0);
    });
    await expect.poll(() => asked(page, 30), { message: "beside the screen" }).toBe(0);
    const at = await whitewater.at();
    expect(await asked(page, 30)).toBe(0);
    await page.evaluate(() => document.getElementById("course").remove());
    await expect.poll(() => asked(page, 30), { message: "back again" }).toBeGreaterThan(10);
    await expect.poll(() => whitewater.at()).toBeGreaterThan(at);
  });
});

/** What `ask` says of the page in each frame, for so many milliseconds of its own clock. */
function watch(page, span, ask, argument) {
  return page.evaluate(
    async ([length, body, given]) => {
      const look = new Function("given", `return (${body})(given)`);
      const seen = [];
      let now = 0;
      const begin = performance.now();
      while (now - begin < length) {
        now = await new Promise((done) => requestAnimationFrame(done));
        seen.push({ now, seen: look(given) });
      }
      return seen;
    },
    [span, ask.toString(), argument],
  );
}

/** The times at which what was seen changed. */
const changes = (frames) => frames.slice(1).filter((frame, place) => frame.seen !== frames[place].seen).map(({ now }) => now);

test("no disc flashes, and captions can be read, however many terms go by", async ({ page, whitewater }) => {
  await whitewater.choose("Calm water");
  await whitewater.rough("Loss", "50%");
  await whitewater.speed.fill(await whitewater.speed.getAttribute("max"));
  await whitewater.play();
  for (const side of whitewater.sides) {
    const frames = await watch(
      page,
      5_000,
      (name) => {
        const region = document.getElementById(name).closest("section");
        const nodes = [...region.querySelectorAll("[data-node]")];
        return JSON.stringify([nodes.map((node) => node.dataset.term), region.querySelector(".sentence")?.textContent]);
      },
      await side.region.getAttribute("aria-labelledby"),
    );
    const parsed = frames.map(({ now, seen }) => ({ now, seen: JSON.parse(seen) }));
    for (let node = 0; node < 5; node += 1) {
      const turns = changes(parsed.map(({ now, seen }) => ({ now, seen: seen[0][node] })));
      for (const [place, turn] of turns.slice(3).entries()) {
        expect(turn - turns[place], `node ${node}: four changes of its fill`).toBeGreaterThan(1_000);
      }
      expect(turns.length, "it follows its terms").toBeGreaterThan(0);
    }
    const told = changes(parsed.map(({ now, seen }) => ({ now, seen: seen[1] })));
    for (const [place, turn] of told.slice(1).entries()) expect(turn - told[place]).toBeGreaterThan(1_500);
    expect(told.length).toBeGreaterThan(0);
  }
});

/** How many pixels of the canvases are drawn on. */
const drawn = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("canvas.flights")].map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let place = 3; place < data.length; place += 4) count += data[place] > 0;
      return count;
    }),
  );

test("messages are drawn while they move, and can be read while they stand", async ({ page, whitewater }) => {
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(0.9);
  const messages = whitewater.raft.messages(/, \w to \w/);
  await expect.poll(async () => (await messages.count()) || (await whitewater.step(), 0)).toBeGreaterThan(0);
  expect(await drawn(page)).toEqual([0, 0]);
  await whitewater.speed.fill("0");
  await whitewater.play();
  await expect.poll(async () => (await drawn(page))[0]).toBeGreaterThan(100);
  await expect(whitewater.raft.stage.locator(".msg:not([display=none])")).toHaveCount(0);
  await whitewater.pause();
  expect(await drawn(page)).toEqual([0, 0]);
  await expect(messages.first()).toBeVisible();
});

for (const width of [360, 768, 1440]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 900 } });

    test("nothing jumps while it plays", async ({ page, whitewater }) => {
      await whitewater.choose("A cut, two against three");
      await whitewater.speed.fill("8");
      await whitewater.play();
      const frames = await watch(page, 6_000, () => {
        const parts = [...document.querySelectorAll(".rule > .water, .rule > .costs, .timeline")];
        const places = parts.map((part) => {
          const { top, left, width: across, height } = part.getBoundingClientRect();
          return [top + scrollY, left, across, height].map(Math.round);
        });
        return JSON.stringify(places);
      });
      expect([...new Set(frames.map(({ seen }) => seen))]).toHaveLength(1);
    });
  });
}
