// feedparser for Node reads a stream.
import FeedParser from "feedparser";
import { show } from "./shown.mjs";

const shown = (item) => ({
  id: item.guid,
  title: item.title,
  link: item.link,
  published: item.pubdate,
  updated: item.date,
  author: item.author === null ? [] : [item.author],
  summary: item.summary,
  content: item.description,
  categories: item.categories,
  enclosures: item.enclosures.map((file) => [file.url, file.type, file.length]),
  language: item.meta.language,
});

await show(
  (text) =>
    new Promise((resolve, reject) => {
      const parser = new FeedParser();
      const items = [];
      parser.on("data", (item) => items.push(shown(item)));
      parser.on("end", () => resolve(items));
      parser.on("error", reject);
      parser.end(text);
    }),
);
