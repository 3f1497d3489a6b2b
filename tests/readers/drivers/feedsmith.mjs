// feedsmith gives each format's own names.
import { parseFeed } from "feedsmith";
import { show } from "./shown.mjs";

const item_of_rss = (item) => ({
  id: item.guid?.value,
  title: item.title,
  link: item.link,
  published: item.pubDate,
  updated: item.dcterms?.modified?.[0] ?? item.pubDate,
  author: item.dc?.creators,
  summary: item.description,
  content: item.content?.encoded,
  categories: (item.categories ?? []).map((category) => category.name),
  enclosures: (item.enclosures ?? []).map((file) => [file.url, file.type, file.length]),
  language: item.dc?.languages?.[0],
});

const entry_of_atom = (entry) => ({
  id: entry.id,
  title: entry.title.value,
  link: entry.links.find((link) => link.rel === "alternate").href,
  published: entry.published,
  updated: entry.updated,
  author: entry.authors.map((author) => author.name),
  summary: entry.summary?.value,
  content: entry.content?.value,
  categories: (entry.categories ?? []).map((category) => category.label),
  enclosures: entry.links
    .filter((link) => link.rel === "enclosure")
    .map((link) => [link.href, link.type, link.length]),
  language: entry.xml.lang,
});

const item_of_json = (item) => ({
  id: item.id,
  title: item.title,
  link: item.url,
  published: item.date_published,
  updated: item.date_modified,
  author: item.authors.map((author) => author.name),
  summary: item.summary,
  content: item.content_html,
  categories: item.tags ?? [],
  enclosures: (item.attachments ?? []).map((file) => [file.url, file.mime_type, file.size_in_bytes]),
  language: item.language,
});

const shown = { rss: item_of_rss, atom: entry_of_atom, json: item_of_json };

await show((text) => {
  const { format, feed } = parseFeed(text);
  return (feed.items ?? feed.entries).map((entry) => shown[format](entry));
});
