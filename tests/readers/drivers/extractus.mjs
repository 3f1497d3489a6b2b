// @extractus/feed-extractor gives every format the same few names.
import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { show } from "./shown.mjs";

const whole = { descriptionMaxLen: 0 };

// Its descriptions are plain text; what is shown of XML is compared as HTML.
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const shown = (entry, feed, isXml) => ({
  id: entry.id,
  title: entry.title,
  link: entry.link,
  published: entry.published,
  summary: isXml ? escaped(entry.description) : entry.description,
  language: feed.language,
});

await show((text) => {
  const isXml = text.startsWith("<");
  const feed = isXml ? extractFromXml(text, whole) : extractFromJson(JSON.parse(text), whole);
  return feed.entries.map((entry) => shown(entry, feed, isXml));
});
