// What a reader view makes of pages. In: JSON lines {name, address, html}. Out: JSON {name: {title, byline, published, lang, text}}.
import { Readability } from "@mozilla/readability";
import { JSDOM, VirtualConsole } from "jsdom";
import { readFileSync } from "node:fs";

const found = {};
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { name, address, html } = JSON.parse(line);
  const { window } = new JSDOM(html, { url: address, virtualConsole: new VirtualConsole() });
  const article = new Readability(window.document).parse();
  found[name] = article && {
    title: article.title,
    byline: article.byline,
    published: article.publishedTime,
    lang: article.lang,
    text: article.textContent,
  };
  window.close();
}
process.stdout.write(JSON.stringify(found));
