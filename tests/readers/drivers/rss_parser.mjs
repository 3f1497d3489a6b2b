// rss-parser gives the items of RSS and Atom much the same names.
import Parser from "rss-parser";
import { show } from "./shown.mjs";

const parser = new Parser();

function shown(item, language, isRss) {
  return {
    id: item.guid ?? item.id,
    title: item.title,
    link: item.link,
    published: item.isoDate,
    author: [item.creator ?? item.author],
    summary: item.summary ?? item.content,
    content: item["content:encoded"] ?? (isRss && item.summary === undefined ? undefined : item.content),
    categories: isRss ? (item.categories ?? []).map((category) => category._ ?? category) : undefined,
    enclosures: isRss ? [item.enclosure ?? []].flat().map((file) => [file.url, file.type, file.length]) : undefined,
    language,
  };
}

await show(async (text) => {
  const feed = await parser.parseString(text);
  return feed.items.map((item) => shown(item, feed.language, text.includes("<rss")));
});
