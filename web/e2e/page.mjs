// The Compare page as a person sees it: by the names that it gives to its parts, never by its
// classes, save where a part has no name to go by.
import { expect, test as base } from "./fixtures.mjs";

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

/** One rule's half of the page. */
export class Side {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.region = page.getByRole("region", { name, exact: true });
    this.stage = this.region.getByRole("group", { name: /their ring$/ });
    this.nodes = this.stage.getByRole("button");
    this.leaders = this.stage.getByRole("button", { name: /^(Node|Peer) \w+, leader,(?!.*stopped)/ });
    this.caption = this.region.locator(".why");
    this.pending = this.stage.getByRole("img", { name: /not yet/ });
  }

  /** The button of the node with this letter. */
  node(letter, role = "") {
    return this.stage.getByRole("button", { name: new RegExp(`^(Node|Peer) ${letter}, ${role}`) });
  }

  /** What the node with this letter holds. */
  data(letter) {
    return this.stage.getByRole("img", {
      name: new RegExp(`^(Log|Data) of ${letter}:|^${letter} leads with no data`),
    });
  }

  /** The letter of the only leader. */
  async leader() {
    await expect(this.leaders).toHaveCount(1);
    for (const letter of "ABCDE") {
      if (await this.node(letter, "leader").count()) return letter;
    }
    throw new Error("no node has the name of a leader");
  }

  /** The term that the only leader leads, on Raft's side. */
  async term() {
    await expect(this.leaders).toHaveCount(1);
    return Number((await this.leaders.ariaSnapshot()).match(/, term (\d+)/)[1]);
  }

  /** The place that holds a measure's figure. */
  figure(label) {
    const term = this.page.getByRole("term").filter({ hasText: label });
    return this.region.locator("dl > div").filter({ has: term }).locator("dd > .figure");
  }

  /** A measure's figure. */
  async measure(label) {
    return Number.parseFloat(await this.figure(label).innerText());
  }

  /** How many events there were, and the digests of them and of what they led to. */
  digest() {
    // At once: between two questions another frame could come.
    return this.region.evaluate(({ dataset: { events, digest, stateDigest } }) => ({
      events: Number(events),
      digest,
      state: stateDigest,
    }));
  }

  /** Everything that is drawn, piece by piece; what waits to be used again is left out. */
  picture() {
    // Which element of a pool draws what depends on the way here, and so does their order.
    return this.stage.evaluate((svg) => {
      const tell = (element) => {
        if (element.getAttribute("display") === "none") return "";
        const own = [...element.attributes].filter(({ name }) => !/^(id|style|fill|clip-path)$/.test(name));
        const words = own.map(({ name, value }) => `${name}=${value}`).sort();
        const inner = [...element.children].map(tell).filter(Boolean);
        const text = inner.length ? "" : element.textContent;
        return `${element.tagName}(${[...words, text, ...inner].join(" ")})`;
      };
      return [...svg.children].flatMap((layer) => [...layer.children].map(tell).filter(Boolean)).sort();
    });
  }
}

/** The whole page. */
export class Whitewater {
  constructor(page) {
    this.page = page;
    this.raft = new Side(page, "Raft");
    this.oldest = new Side(page, "Oldest peer");
    this.sides = [this.raft, this.oldest];
    this.scenario = page.getByRole("combobox", { name: "Scenario" });
    this.seed = page.getByRole("textbox", { name: "seed" });
    this.time = page.getByRole("slider", { name: "Time" });
    this.speed = page.getByRole("slider", { name: "Speed" });
    this.tools = page.getByRole("group", { name: /^Rough water/ });
    this.playback = page.getByRole("group", { name: "Playback" });
    this.playing = this.button("Pause");
    this.paused = this.playback.getByRole("button", { name: /^(Play|Step through)$/ });
    this.news = page.locator("[aria-live=polite]");
    this.dialog = page.getByRole("dialog");
    this.water = this.tools.getByRole("button", { name: /^(Rough water|Now rough)/ });
    this.key = page.locator("summary").filter({ hasText: "Key" });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  tool(name) {
    return this.tools.getByRole("button", { name, exact: true });
  }

  async open() {
    await this.page.goto("./");
    await expect(this.paused).toBeVisible();
    await expect(this.raft.nodes).toHaveCount(5);
    await expect(this.oldest.nodes).toHaveCount(5);
    await this.still();
  }

  /** Waits until every chunk is here. */
  async whole() {
    await expect(this.page.locator("[data-whole]")).toHaveCount(1);
  }

  /** Waits until all that was asked for is drawn and told, so that nothing changes by itself. */
  async still() {
    const isStill = () =>
      this.page.getByRole("main").evaluate(async (main) => {
        // What was pressed may wait for its turn of the event loop, and so may what is told of it.
        for (let turn = 0; turn < 2; turn += 1) {
          await new Promise((done) => setTimeout(done));
          if (main.querySelectorAll("[data-still]").length < 2) return false;
        }
        return true;
      });
    await expect.poll(isStill, { message: "the stages come to rest", intervals: [20] }).toBe(true);
  }

  /** Waits until the browser has drawn the page so many times more. */
  async frames(count) {
    await this.page.getByRole("main").evaluate(async (main, more) => {
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

  /** Events on both sides together. */
  async events() {
    const [left, right] = await this.digests();
    return left.events + right.events;
  }

  /** What tells the runs on both sides from others, while they stand. */
  async digests() {
    await this.still();
    return Promise.all(this.sides.map((side) => side.digest()));
  }

  /** What is drawn on both sides, while they stand. */
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

/** The `test` of specs that begin with the page as it stands after loading. */
export const test = base.extend({
  whitewater: async ({ page }, use) => {
    const whitewater = new Whitewater(page);
    await whitewater.open();
    await use(whitewater);
  },
});

export { expect };
