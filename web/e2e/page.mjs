// The page as a person sees it, with any number of sides: by the names that it gives to its parts, never by its
// classes, save where a part has no name to go by.
import { expect, test as base } from "./fixtures.mjs";
import { Side } from "./side.mjs";

const MICROS = 1_000_000;

const SHARES = ["none", ...[1, 2, 5, 10, 15, 20, 30, 40, 50, 75, 100].map((percent) => `${percent}%`)];
/** What the sliders for rough water say at each of their stops. */
const STOPS = {
  Loss: SHARES,
  Delay: ["1 to 3", "3 to 7", "7 to 13", "15 to 25", "40 to 60", "80 to 120", "150 to 250", "400 to 600"].map(
    (range) => `${range} ms`,
  ),
  Duplication: SHARES,
  Corruption: SHARES,
};

/** The page with the sides of these names. */
export class Whitewater {
  constructor(page, ...names) {
    this.page = page;
    this.sides = names.map((name) => new Side(page, name));
    this.scenario = page.getByRole("combobox", { name: "Scenario" });
    this.seed = page.getByRole("textbox", { name: "seed" });
    this.time = page.getByRole("slider", { name: "Time", exact: true });
    this.speed = page.getByRole("slider", { name: "Speed" });
    this.tools = page.getByRole("group", { name: /^Rough water/ });
    this.playback = page.getByRole("group", { name: "Playback" });
    this.playing = this.button("Pause");
    this.paused = this.playback.getByRole("button", { name: /^(Play|Step through)$/ });
    this.news = page.locator("[aria-live=polite]");
    this.dialog = page.getByRole("dialog");
    this.water = this.tools.getByRole("button", { name: /^(Rough water|Now rough)/ });
    // Where it is shown: at the top, among the tools, or at the end of the page.
    this.legend = page.getByRole("button", { name: "What am I looking at?" });
    this.files = page.getByRole("button", { name: "Open or save" });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  tool(name) {
    return this.tools.getByRole("button", { name, exact: true });
  }

  /** Opens a page of the app, standing at its beginning. */
  async open(name) {
    await this.page.goto(`./#${name}&paused`);
    await expect(this.paused).toBeVisible();
    for (const side of this.sides) await expect(side.nodes).toHaveCount(5);
    await this.still();
    // What digests the whole state arrives after the page, and stays from then on.
    for (const side of this.sides) await expect(side.region).toHaveAttribute("data-state-digest");
  }

  /** Waits until every chunk is here. */
  async whole() {
    await expect(this.page.locator("[data-whole]")).toHaveCount(1);
  }

  /** The app's own main part: for a moment the frame that it takes over from stands beside it. */
  get main() {
    return this.page.locator(".app:not(.loading) main");
  }

  /** Waits until all that was asked for is drawn and told, so that nothing changes by itself. */
  async still() {
    const isStill = () =>
      this.main.evaluate(async (main) => {
        // What was pressed may wait for its turn of the event loop, and so may what is told of it.
        for (let turn = 0; turn < 2; turn += 1) {
          await new Promise((done) => setTimeout(done));
          const stages = main.querySelectorAll("svg.stage").length;
          // What was wished for may still be on its way, and what is played is not that yet.
          if (document.querySelector(".coming")?.textContent.includes("On its way")) return false;
          if (stages === 0 || main.querySelectorAll("[data-still]").length < stages) return false;
        }
        return true;
      });
    await expect.poll(isStill, { message: "the stages come to rest", intervals: [20] }).toBe(true);
  }

  /** Waits until the browser has drawn the page so many times more. */
  async frames(count) {
    await this.main.evaluate(async (main, more) => {
      for (let frame = 0; frame < more; frame += 1) await new Promise((done) => requestAnimationFrame(done));
    }, count);
  }

  async choose(title) {
    await this.scenario.selectOption(title);
    await this.expectAt(0);
    await this.still();
  }

  async play() {
    await this.paused.click();
    await expect(this.playing).toBeVisible();
  }

  async pause() {
    await this.playing.click();
    await expect(this.paused).toBeVisible();
    await this.still();
  }

  expectAt(seconds) {
    return expect(this.time).toHaveAttribute("aria-valuetext", `${seconds.toFixed(3)} seconds`);
  }

  /** The virtual time shown, in seconds. */
  async at() {
    return Number.parseFloat(await this.time.getAttribute("aria-valuetext"));
  }

  /** Plays as fast as the page can, until it is past a moment. */
  async playPast(seconds) {
    const speed = await this.speed.inputValue();
    await this.speed.fill(await this.speed.getAttribute("max"));
    await this.play();
    await expect.poll(() => this.at(), { intervals: [50], timeout: 30_000 }).toBeGreaterThanOrEqual(seconds);
    await this.pause();
    await this.speed.fill(speed);
  }

  /** Goes to a moment exactly; the slider only reaches what was played before. */
  async seek(seconds) {
    // What was just done may still make another future, and with it another end of time.
    if (await this.paused.isVisible()) await this.still();
    const micros = Math.round(seconds * MICROS);
    if (micros > Number(await this.time.getAttribute("max"))) await this.playPast(seconds);
    await this.time.fill(String(micros));
    await this.expectAt(seconds);
    await this.still();
  }

  /** Plays to a moment at a speed at which a person can follow, and stops there or a little later. */
  async playTo(seconds, speed = 9) {
    await this.speed.fill(String(speed));
    await this.play();
    await expect.poll(() => this.at(), { intervals: [20], timeout: 30_000 }).toBeGreaterThanOrEqual(seconds);
    await this.pause();
  }

  /** Events on all sides together. */
  async events() {
    return (await this.digests()).reduce((sum, { events }) => sum + events, 0);
  }

  /** What tells the runs on all sides from others, while they stand. */
  async digests() {
    await this.still();
    return Promise.all(this.sides.map((side) => side.digest()));
  }

  /** What is drawn on all sides, while they stand. */
  async pictures() {
    await this.still();
    return Promise.all(this.sides.map((side) => side.picture()));
  }

  /** Some events forward, or back where negative, and not one more or less. */
  async step(count = 1) {
    const before = await this.events();
    const button = this.button(count > 0 ? "Step forward" : "Step back");
    if (Math.abs(count) === 1) await button.click();
    else await button.evaluate((it, times) => Array.from({ length: times }, () => it.click()), Math.abs(count));
    await expect.poll(() => this.events()).toBe(before + count);
  }

  /** Cuts these nodes off from all others, through the chooser: `closed` is the way that nothing passes. */
  async cut(letters, closed = "either way") {
    await this.tool("Cut…").click();
    const ferries = this.dialog.getByRole("group", { name: /across the river/ }).getByRole("button");
    await expect(ferries).toHaveCount(5);
    for (const ferry of await ferries.all()) {
      const letter = (await ferry.getAttribute("aria-label")).split(" ")[0];
      const wanted = String(letters.includes(letter));
      if ((await ferry.getAttribute("aria-pressed")) !== wanted) await ferry.click();
      await expect(ferry).toHaveAttribute("aria-pressed", wanted);
    }
    await this.dialog.getByRole("button", { name: closed, exact: true }).click();
    await this.dialog.getByRole("button", { name: "Cut", exact: true }).click();
    await expect(this.dialog).toHaveCount(0);
    await this.still();
  }

  /** Opens a node's menu on one side. */
  async menu(side, letter) {
    await side.node(letter).click();
    await expect(this.dialog).toHaveAccessibleName(`Node ${letter}`);
    return this.dialog;
  }

  /** Does something to a node, through its menu. */
  async do(side, letter, act) {
    const menu = await this.menu(side, letter);
    await menu.getByRole("button", { name: new RegExp(`^${act}`) }).click();
    await expect(this.dialog).toHaveCount(0);
    await this.still();
  }

  /** The slider of a fault, in the panel for rough water. */
  fault(name) {
    return this.dialog.getByRole("slider", { name, exact: true });
  }

  /** Moves a fault's slider to the stop that says this, through the panel. */
  async rough(name, said) {
    await this.water.click();
    const slider = this.fault(name);
    await slider.fill(String(STOPS[name].indexOf(said)));
    await expect(slider).toHaveAttribute("aria-valuetext", new RegExp(`^${said} `));
    await this.dialog.getByRole("button", { name: "Close" }).click();
    await expect(this.dialog).toHaveCount(0);
    await this.still();
  }

  /** Writes a value at one node, through its menu. */
  async writeAt(side, letter, value) {
    const menu = await this.menu(side, letter);
    await menu.getByRole("spinbutton").fill(String(value));
    await menu.getByRole("button", { name: `Write at ${letter}` }).click();
    await expect(this.dialog).toHaveCount(0);
    await this.still();
  }
}

/** The page of two sides. */
export class Compare extends Whitewater {
  constructor(page) {
    super(page, "Raft", "Oldest peer");
    [this.raft, this.oldest] = this.sides;
  }

  open() {
    return super.open("compare");
  }
}

/** The page of one side. */
export class Play extends Whitewater {
  constructor(page, protocol = "Raft") {
    super(page, protocol);
    [this.side] = this.sides;
    this.count = page.getByRole("spinbutton", { name: "nodes" });
  }

  open() {
    return super.open("play");
  }

  /** Plays with so many nodes. */
  async size(count) {
    await this.count.fill(String(count));
    await this.count.press("Enter");
    await expect(this.side.nodes).toHaveCount(count);
    await this.still();
  }
}

/** The `test` of specs that begin with a page as it stands after loading, at rest. */
export const test = base.extend({
  whitewater: async ({ page }, use) => {
    const compare = new Compare(page);
    await compare.open();
    await use(compare);
  },
  cluster: async ({ page }, use) => {
    const play = new Play(page);
    await play.open();
    await use(play);
  },
});

export { expect, Side };
