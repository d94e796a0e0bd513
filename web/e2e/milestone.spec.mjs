// From milestone to milestone, by button and by key, forward and back, with what was reached told.
import { expect, test } from "./page.mjs";

/** What is said of the milestone that was reached last. */
const status = (page) => page.locator(".transport [role=status]");

/** Presses, and waits for what comes of it; gives where the run stands then. */
async function go(page, whitewater, press) {
  const before = JSON.stringify(await whitewater.digests());
  await press();
  await expect.poll(async () => JSON.stringify(await whitewater.digests()), { message: "the run moves" }).not.toBe(before);
  return { at: await whitewater.at(), digests: await whitewater.digests(), said: await status(page).textContent() };
}

const next = (page) => () => page.keyboard.press("Shift+ArrowRight");
const previous = (page) => () => page.keyboard.press("Shift+ArrowLeft");

test("one press leads to each milestone of an election, and one to each back", async ({ page, cluster }) => {
  const trail = [];
  while (!trail.at(-1)?.said.includes("becomes the leader")) {
    expect(trail.length).toBeLessThan(12);
    trail.push(await go(page, cluster, next(page)));
  }
  const said = trail.map((it) => it.said);
  expect(said[0]).toMatch(/^Raft: \w calls an election\. At \d\.\d{3} s\.$/);
  // A majority of five: its own vote comes with the election, and others give theirs.
  expect(said.filter((it) => / votes for \w\. /.test(it)).length).toBeGreaterThanOrEqual(2);
  await expect(cluster.side.leaders).toHaveCount(1);
  // The way back is the way there.
  const stations = trail.slice(0, -1).reverse();
  for (const station of stations) {
    expect(await go(page, cluster, previous(page))).toEqual(station);
  }
  await expect(cluster.side.leaders).toHaveCount(0);
  // Before the first there is the beginning.
  const first = await go(page, cluster, previous(page));
  expect(first).toMatchObject({ at: 0, said: expect.stringContaining("The beginning") });
});

test("a vote is told under the stage", async ({ page, cluster }) => {
  await go(page, cluster, next(page));
  let vote;
  do vote = await go(page, cluster, next(page));
  while (!/ votes for \w\./.test(vote.said));
  const sentence = vote.said.match(/Raft: (.*?) At /)[1];
  await expect(cluster.side.caption).toContainText(sentence);
});

test("the buttons do the same, and what is reached has happened there", async ({ page, cluster }) => {
  await cluster.seek(1);
  await cluster.tool("Stop the leader").click();
  await cluster.still();
  await cluster.playTo(2);
  const button = (name) => () => cluster.button(name).click();
  await cluster.seek(0.999);
  const crash = await go(page, cluster, button("Next milestone"));
  expect(crash).toMatchObject({ at: 1, said: expect.stringMatching(/crashes/) });
  await expect(cluster.side.stage.getByRole("button", { name: /stopped/ })).toHaveCount(1);
  const election = await go(page, cluster, button("Next milestone"));
  expect(election.said).toContain("calls an election");
  expect(await go(page, cluster, button("Previous milestone"))).toEqual(crash);
});

test("on two sides it is the next of either, and what befalls both is one", async ({ page, whitewater }) => {
  await whitewater.choose("A cut, two against three");
  await whitewater.seek(2);
  await whitewater.seek(0);
  const trail = [];
  while ((trail.at(-1)?.at ?? 0) < 1.2) trail.push(await go(page, whitewater, next(page)));
  const times = trail.map((it) => it.at);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  for (const side of ["Raft", "Oldest peer"]) {
    expect(trail.some((it) => it.said.includes(`${side}: `) && it.said.includes("becomes the leader"))).toBe(true);
  }
  const cut = trail.filter((it) => it.said.includes("The network is cut."));
  expect(cut.map((it) => it.said)).toEqual([
    "Raft: The network is cut. Oldest peer: The network is cut. At 0.900 s.",
  ]);
});

test("a milestone that nobody played yet is played to", async ({ page, cluster }) => {
  const reached = Number(await cluster.time.getAttribute("max"));
  const first = await go(page, cluster, next(page));
  expect(first.at).toBeGreaterThan(reached / 1e6);
  await expect(cluster.paused).toBeVisible();
});
