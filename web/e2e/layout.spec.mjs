// The page fits: on a wide screen all at once, on a phone in one column under which the transport
// stays in reach.
import { expect, test } from "./page.mjs";

/** Where nothing has to be scrolled, and where a finger has to hit. */
const screens = [
  { width: 1920, height: 1080, wide: true },
  { width: 1440, height: 900, wide: true },
  { width: 1280, height: 720, wide: true },
  { width: 768, height: 1024, wide: true, long: true },
  { width: 390, height: 844, wide: false },
  { width: 360, height: 740, wide: false },
];

/** WCAG 2.2 asks for 24 (2.5.8) or 44 (2.5.5) pixels. */
const LEAST = { wide: 24, phone: 44 };

/** Everything that can be pressed, and how large it is for a finger. Messages cross each other: whatever of them is
 * nearest to a press is meant, and arrows reach each. */
function targets(page) {
  return page.evaluate(() => {
    const all = document.querySelectorAll("button, select, input, summary, a[href], [role=button]:not([data-message])");
    const size = (element) => {
      // Whatever stands in a label can be hit anywhere on the label, unless it is a slider.
      const whole = element.type === "range" ? element : (element.closest("label") ?? element);
      const own = element.getBoundingClientRect();
      const rect = whole.getBoundingClientRect();
      // A slider's length is its range, which may be nothing yet; its thumb is looked at below.
      if (element.type === "range") return { width: Infinity, height: rect.height };
      return { width: Math.max(own.width, rect.width), height: Math.max(own.height, rect.height) };
    };
    return [...all].filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element) => {
      const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
      return { name: name.trim(), ...size(element) };
    });
  });
}

async function tooSmall(page, least) {
  const found = await targets(page);
  expect(found.length).toBeGreaterThan(5);
  // Sizes come in fractions of a pixel.
  return found
    .filter(({ width, height }) => Math.min(width, height) < least - 0.5)
    .map(({ name, width, height }) => `${name}: ${width.toFixed(1)} × ${height.toFixed(1)}`);
}

/** Whether one has to scroll across, or down to the transport. */
const scrolls = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, clientHeight } = document.documentElement;
    const { bottom } = document.querySelector(".app").getBoundingClientRect();
    return { across: scrollWidth > clientWidth, down: bottom + scrollY > clientHeight };
  });

/** Words of a chart that lie on one another, are cut off, or too small. */
function unreadable(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll(".compared figure")].flatMap((chart) => {
      const words = [...chart.querySelectorAll("h3, .x-axis span, .y-axis span span, li")];
      const rects = words.map((word) => [word.textContent, word.getBoundingClientRect()]);
      const { left, right } = document.querySelector(".compared").getBoundingClientRect();
      const out = rects.filter(([, it]) => it.left < left || it.right > right || it.width < 1).map(([name]) => name);
      const small = words.filter((word) => parseFloat(getComputedStyle(word).fontSize) < 13).map((it) => it.textContent);
      const over = rects.flatMap(([one, a], place) =>
        rects.slice(place + 1).flatMap(([other, b]) => {
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          return across > 1 && down > 4 ? [`${one} and ${other}`] : [];
        }),
      );
      return [...out, ...small, ...over];
    }),
  );
}

/** What can be pressed but is covered by something else, once it is scrolled to. */
function covered(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll("button, select, input, summary, [role=button]:not([data-message])")];
    const hidden = all.filter((element) => {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) return false;
      element.scrollIntoView({ block: "center" });
      const { left, top, width, height } = element.getBoundingClientRect();
      // Of a slider that lies over marks, the thumb is what takes the pointer.
      if (element.type === "range") return false;
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return !(hit && (element.contains(hit) || hit.contains(element) || element.closest("label")?.contains(hit)));
    });
    scrollTo(0, 0);
    return hidden.map((element) => element.getAttribute("aria-label") ?? element.textContent);
  });
}

/** How many pixels round the middle of its thumb, across, take the pointer for a slider. */
function grip(slider) {
  return slider.evaluate((input) => {
    input.scrollIntoView({ block: "center" });
    const { left, top, width, height } = input.getBoundingClientRect();
    // The thumb never leaves the slider; where it is drawn larger than a rem, the style says so.
    const style = getComputedStyle(input);
    const drawn = style.getPropertyValue("--thumb");
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const thumb = drawn ? parseFloat(drawn) * rem : rem;
    const part = (input.value - input.min) / (input.max - input.min);
    const [x, y] = [left + thumb / 2 + part * (width - thumb), top + height / 2];
    const takes = (at) => document.elementFromPoint(at, y) === input;
    let reach = 0;
    while (reach < 40 && takes(x - reach) && takes(x + reach)) reach += 1;
    return 2 * reach;
  });
}

/** Pairs of the transport's parts that lie on one another. */
function colliding(page) {
  return page.evaluate(() => {
    const parts = [...document.querySelectorAll(".transport :is(button, input, .clock, output)")];
    const rects = parts.filter((part) => part.checkVisibility({ visibilityProperty: true })).map((part) => [part, part.getBoundingClientRect()]);
    const told = (part) => part.getAttribute("aria-label") ?? part.textContent;
    return rects.flatMap(([one, a], place) =>
      rects.slice(place + 1).flatMap(([other, b]) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return across > 1 && down > 1 ? [`${told(one)} and ${told(other)}`] : [];
      }),
    );
  });
}

/** Pairs of what is read or pressed on one row of the timeline that lie on one another. */
function onOneAnother(page) {
  return page.evaluate(() => {
    const rows = [[".ruler", ".ruler span, .playhead b, .first button"], ...[...document.querySelectorAll(".marks")].map((row) => [row, ".ev, .ev span"])];
    return rows.flatMap(([row, parts]) => {
      const within = typeof row === "string" ? document : row;
      const rects = [...within.querySelectorAll(parts)].map((part) => [part, part.getBoundingClientRect()]);
      return rects.flatMap(([one, a], place) =>
        rects.slice(place + 1).flatMap(([other, b]) => {
          if (one.contains(other)) return [];
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          const told = (part) => part.textContent || part.dataset.word || part.getAttribute("aria-label");
          return across > 1 && down > 1 ? [`${told(one)} and ${told(other)}`] : [];
        }),
      );
    });
  });
}

for (const { wide, long, ...viewport } of screens) {
  test.describe(`${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport, hasTouch: !wide });

    test("fits, and everything can be pressed", async ({ page, whitewater }) => {
      const least = wide ? LEAST.wide : LEAST.phone;
      const check = async (moment) => {
        await whitewater.still();
        const { across, down } = await scrolls(page);
        expect.soft(across, `${moment}: no horizontal scroll`).toBe(false);
        if (wide && !long) expect.soft(down, `${moment}: no vertical scroll`).toBe(false);
        expect.soft(await tooSmall(page, least), `${moment}: targets under ${least} px`).toEqual([]);
        expect.soft(await covered(page), `${moment}: covered`).toEqual([]);
        expect.soft(await unreadable(page), `${moment}: words of charts`).toEqual([]);
        expect.soft(await colliding(page), `${moment}: the transport's parts collide`).toEqual([]);
        expect.soft(await onOneAnother(page), `${moment}: the timeline's parts collide`).toEqual([]);
      };
      await check("at the start");
      await whitewater.choose("A cut, two against three");
      await whitewater.seek(1.35);
      await check("in the cut");
      for (const slider of [whitewater.time, whitewater.speed]) {
        const name = `the thumb at ${await slider.getAttribute("aria-valuetext")}`;
        expect.soft(await grip(slider), name).toBeGreaterThanOrEqual(least - 2);
      }
      await whitewater.tool("Stop the leader").click();
      await expect(page.getByRole("button", { name: /^Earlier future kept/ })).toHaveCount(1);
      await check("with a branch");
      await whitewater.rough("Loss", "10%");
      await check("in rough water");
      const floats = {
        "the legend": () => whitewater.legend.first().click(),
        "where files are opened": () => whitewater.files.first().click(),
        "a node's menu": () => whitewater.raft.node("C").press("Enter"),
        "the panel for rough water": () => whitewater.water.click(),
        "the chooser of a cut": () => whitewater.tool("Cut…").click(),
      };
      await whitewater.tool("Heal").click();
      for (const [name, open] of Object.entries(floats)) {
        await open();
        await expect(whitewater.dialog, name).toBeInViewport({ ratio: 1 });
        expect.soft(await tooSmall(page, least), `in ${name}`).toEqual([]);
        await page.keyboard.press("Escape");
        await expect(whitewater.dialog).toHaveCount(0);
      }
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the transport stays in reach, and hides nothing at the end", async ({ page, whitewater }) => {
    const transport = page.locator(".transport");
    await expect(whitewater.paused).toBeInViewport({ ratio: 1 });
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(whitewater.paused).toBeInViewport({ ratio: 1 });
    await expect(whitewater.files).toBeInViewport({ ratio: 1 });
    const [last, bar] = await Promise.all([whitewater.files.boundingBox(), transport.boundingBox()]);
    expect(last.y + last.height).toBeLessThanOrEqual(bar.y);
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`follows the system: ${colorScheme}`, async ({ page, whitewater }) => {
    await page.emulateMedia({ colorScheme });
    const lightness = () =>
      page.evaluate(() => {
        const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
        return (red + green + blue) / 3;
      });
    const isDark = async () => (await lightness()) < 128;
    expect(await isDark()).toBe(colorScheme === "dark");
    // The button turns it round, whatever the system says.
    await whitewater.button("Switch between light and dark").click();
    expect(await isDark()).toBe(colorScheme !== "dark");
  });
}
