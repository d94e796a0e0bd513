// Audits the release site as a phone on a slow network sees it, several times, and wants the median
// to be good. The arguments: how often.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

import { findChromium } from "../e2e/place.mjs";
import { ARGUMENTS, serve } from "./site.mjs";

/** What the median has to reach, of a hundred. */
const LEAST = { performance: 95, accessibility: 100, "best-practices": 100 };
/** How far what is on the screen may jump while the page loads. */
const MOST_SHIFT = 0.02;

const median = (figures) => [...figures].sort((one, other) => one - other)[Math.floor(figures.length / 2)];

/** One audit: the scores, the shift, and what was the largest thing to be painted. */
async function audit(address) {
  const browser = await puppeteer.launch({ executablePath: findChromium(), args: ARGUMENTS });
  try {
    const flags = { onlyCategories: Object.keys(LEAST), output: "json", logLevel: "error" };
    const { lhr } = await lighthouse(address, flags, undefined, await browser.newPage());
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    const scores = Object.keys(LEAST).map((name) => [name, Math.round(100 * lhr.categories[name].score)]);
    const [largest] = lhr.audits["largest-contentful-paint-element"].details.items[0].items;
    const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => {
      return scoreDisplayMode === "binary" && score === 0;
    });
    return {
      scores: Object.fromEntries(scores),
      shift: lhr.audits["cumulative-layout-shift"].numericValue,
      largest: largest.node,
      figures: ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"].map(
        (name) => `${name} ${lhr.audits[name].displayValue}`,
      ),
      failed: failed.map(({ id, title }) => `${id}: ${title}`),
    };
  } finally {
    await browser.close();
  }
}

/** Whether an element is in the page's own HTML, before any script has run. */
async function isStatic(address, { selector, nodeLabel }) {
  const browser = await puppeteer.launch({ executablePath: findChromium(), args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(address);
    const text = await page.$eval(selector, (element) => element.textContent).catch(() => undefined);
    return text !== undefined && text.replace(/\s+/g, " ").includes(nodeLabel.replace(/\s+/g, " ").slice(0, 40));
  } finally {
    await browser.close();
  }
}

const site = await serve();
const complaints = [];
try {
  const audits = [];
  for (let turn = 0; turn < Number(process.argv[2] ?? 5); turn += 1) {
    const found = await audit(site.address);
    audits.push(found);
    console.log(JSON.stringify(found.scores), `shift ${found.shift.toFixed(3)}`, found.figures.join(", "));
  }
  for (const [name, least] of Object.entries(LEAST)) {
    const reached = median(audits.map(({ scores }) => scores[name]));
    console.log(`${name}: median ${reached} of 100, wanted ${least}`);
    if (reached < least) complaints.push(`${name} ${reached} < ${least}`);
  }
  const shift = median(audits.map(({ shift }) => shift));
  if (shift > MOST_SHIFT) complaints.push(`layout shift ${shift.toFixed(3)} > ${MOST_SHIFT}`);
  const { largest, failed } = audits.at(-1);
  console.log(`largest paint: ${largest.snippet}`);
  if (!(await isStatic(site.address, largest))) {
    complaints.push(`the largest paint, ${largest.selector}, is not in the page's HTML`);
  }
  failed.forEach((line) => console.log(`failed: ${line}`));
} finally {
  site.close();
}
if (complaints.length > 0) {
  console.error(`The page is not good enough: ${complaints.join("; ")}`);
  process.exitCode = 1;
}
