// Those who listen are told what matters, and no more than they can hear.
import { expect, Play, test } from "./page.mjs";

/** Notes each announcement, and when it came. */
function listen(page) {
  return page.evaluate(() => {
    window.heard = [];
    const place = document.querySelector("[aria-live=polite]");
    let last = place.textContent;
    new MutationObserver(() => {
      if (place.textContent === last) return;
      last = place.textContent;
      window.heard.push({ at: performance.now(), words: [...place.children].map((it) => it.textContent).filter(Boolean) });
    }).observe(place, { childList: true, characterData: true, subtree: true });
  });
}

const heard = (page) => page.evaluate(() => window.heard);

test("at ten times real time one thing is told at a time, at most every two seconds", async ({ page, cluster }) => {
  // Half of all messages are lost: leaders come and go ten times a second.
  await cluster.rough("Loss", "50%");
  await cluster.speed.fill(await cluster.speed.getAttribute("max"));
  await listen(page);
  await cluster.play();
  await expect.poll(async () => (await heard(page)).length, { timeout: 40_000 }).toBeGreaterThanOrEqual(4);
  const told = await heard(page);
  await cluster.pause();
  const changes = await cluster.side.measure("Messages sent");
  expect(changes).toBeGreaterThan(1000);
  for (const { words } of told) expect(words).toHaveLength(1);
  const gaps = told.slice(1).map(({ at }, place) => at - told[place].at);
  // News comes ten times a second: so much may two of them lie closer than they were told.
  for (const gap of gaps) expect(gap).toBeGreaterThan(1850);
  // A leader is told of rather than an election; elections alone came only where nobody won one.
  expect(told.filter(({ words: [word] }) => / leads term \d+\.$/.test(word)).length).toBeGreaterThan(0);
});

test("at a person's speed an election and its leader are both told", async ({ page }) => {
  await page.goto("./#play&paused");
  const play = new Play(page);
  await play.still();
  await listen(page);
  await play.play();
  await expect.poll(async () => (await heard(page)).flatMap(({ words }) => words), { timeout: 40_000 }).toEqual([
    expect.stringMatching(/^Raft: (\w) asks for votes in term 1\.$/),
    expect.stringMatching(/^Raft: (\w) leads term 1\.$/),
  ]);
});

test("who stops time hears all that is so", async ({ cluster }) => {
  await cluster.choose("A cut, two against three");
  await cluster.seek(1.35);
  await expect(cluster.news).toContainText("The network is cut.");
  await expect(cluster.news).toContainText("Raft: D leads term 3.");
});
