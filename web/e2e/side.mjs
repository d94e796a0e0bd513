// One side of the page as a person sees it: its stage, what is told, what it costs.
import { expect } from "./fixtures.mjs";

/** One rule's region of the page. */
export class Side {
  constructor(page, name) {
    this.page = page;
    this.name = name;
    this.region = page.getByRole("region", { name, exact: true });
    this.stage = this.region.getByRole("group", { name: /their ring$/ });
    this.nodes = this.stage.getByRole("button", { name: /^(Node|Peer) / });
    this.leaders = this.stage.getByRole("button", { name: /^(Node|Peer) \w+, leader,(?!.*stopped)/ });
    this.caption = this.region.locator(".why");
    this.pending = this.stage.getByRole("img", { name: /not yet/ });
  }

  /** The button of the node with this letter. */
  node(letter, role = "") {
    return this.stage.getByRole("button", { name: new RegExp(`^(Node|Peer) ${letter}, ${role}`) });
  }

  /** The messages of such a name: buttons while they stand on their wires, pictures otherwise. */
  messages(name) {
    return this.stage.getByRole("button", { name, exact: true }).or(this.stage.getByRole("img", { name, exact: true }));
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
