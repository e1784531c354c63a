// Lighthouse on a phone's profile: node audit/lighthouse.mjs ADDRESS [ADDRESS …]
// Prints a table, keeps the reports in audit/results/, and exits 1 when a page is below the floor.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FLOOR = 95;
const MOST_BYTES = 60 * 1024; // of everything but pictures
const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const SWITCHES = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const RESULTS = fileURLToPath(new URL("results/", import.meta.url));

function chromium() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      continue;
    }
  }
  throw new Error("Chromium is missing: apt-get install chromium, or name it in CHROME_PATH");
}

/** One run. A recording that misses its start is Lighthouse's fault, not the page's: it is made again, twice at most. */
async function report(address, port, attempt = 1) {
  const { lhr } = await lighthouse(address, { port, logLevel: "error", output: "json", onlyCategories: CATEGORIES, formFactor: "mobile" });
  if (lhr.runtimeError?.code === "NO_NAVSTART" && attempt < 3) return report(address, port, attempt + 1);
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  return lhr;
}

function median(values) {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

function bytesWithoutPictures(lhr) {
  const requests = lhr.audits["network-requests"].details.items;
  return requests.filter(request => request.resourceType !== "Image").reduce((sum, request) => sum + request.transferSize, 0);
}

/** What a page lost points for: audits of weight that are not passed. */
function losses(lhr) {
  const weighed = CATEGORIES.flatMap(name => lhr.categories[name].auditRefs.filter(ref => ref.weight > 0));
  return [...new Set(weighed.map(ref => ref.id))].filter(id => lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
}

function summary(address, reports) {
  const scores = Object.fromEntries(CATEGORIES.map(name => [name, Math.round(100 * median(reports.map(lhr => lhr.categories[name].score)))]));
  return {
    address,
    ...scores,
    "largest paint, s": median(reports.map(lhr => lhr.audits["largest-contentful-paint"].numericValue)) / 1000,
    shift: median(reports.map(lhr => lhr.audits["cumulative-layout-shift"].numericValue)),
    bytes: median(reports.map(bytesWithoutPictures)),
    lost: [...new Set(reports.flatMap(losses))].join(" "),
  };
}

const addresses = process.argv.slice(2);
if (!addresses.length) throw new Error("Which page? node audit/lighthouse.mjs ADDRESS");
mkdirSync(RESULTS, { recursive: true });
const chrome = await launch({ chromePath: chromium(), chromeFlags: SWITCHES });
let rows;
try {
  rows = [];
  for (const [place, address] of addresses.entries()) {
    const reports = [];
    for (let run = 0; run < RUNS; run++) reports.push(await report(address, chrome.port));
    writeFileSync(`${RESULTS}lighthouse-${place + 1}.json`, JSON.stringify(reports, null, 1));
    rows.push(summary(address, reports));
  }
} finally {
  chrome.kill();
}
writeFileSync(`${RESULTS}lighthouse.json`, JSON.stringify({ floor: FLOOR, mostBytes: MOST_BYTES, runs: RUNS, pages: rows }, null, 1));
console.table(rows);
const low = rows.filter(row => CATEGORIES.some(name => row[name] < FLOOR) || row.bytes > MOST_BYTES);
for (const row of low) console.error(`Below ${FLOOR}, or above ${MOST_BYTES} bytes: ${row.address}`);
process.exitCode = low.length ? 1 : 0;
