// @rowanmanning/feed-parser gives RSS and Atom the same names.
import { parseFeed } from "@rowanmanning/feed-parser";
import { show } from "./shown.mjs";

const shown = (item, feed) => ({
  id: item.id,
  title: item.title,
  link: item.url,
  published: item.published,
  updated: item.updated,
  author: item.authors.map((author) => author.name),
  summary: item.description,
  content: item.content,
  categories: item.categories.map((category) => category.label),
  enclosures: item.media.map((file) => [file.url, file.mimeType, file.length]),
  language: feed.language,
});

await show((text) => {
  const feed = parseFeed(text);
  return feed.items.map((item) => shown(item, feed));
});
