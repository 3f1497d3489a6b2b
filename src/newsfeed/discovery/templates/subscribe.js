"use strict";
(() => {
  const form = document.querySelector(".filter");
  const input = form.querySelector("input");
  const found = document.getElementById("found");
  const copied = document.getElementById("copied");
  /* Where the page is published: addresses are copied from there, wherever somebody looks at the page. */
  const published = document.querySelector("link[rel=canonical]")?.href ?? document.baseURI;
  const feeds = [...document.querySelectorAll("li[data-find]")];
  const groups = [...document.querySelectorAll(".group:not(.elsewhere)")];
  const sections = [...document.querySelectorAll("main > section")];
  const opened = new Map(groups.map((group) => [group, group.open]));

  /* What a text is when letter case, accents, dots and vowel marks are left out. */
  const plain = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i").replace(/ə/g, "e");
  const texts = new Map(feeds.map((feed) => [feed, plain(feed.dataset.find)]));

  const hasShown = (element) => element.querySelector("li[data-find]:not([hidden])") !== null;

  const filter = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    for (const feed of feeds) feed.hidden = !words.every((word) => texts.get(feed).includes(word));
    for (const group of groups) {
      group.hidden = !hasShown(group);
      if (group.matches("details")) group.open = words.length > 0 || opened.get(group);
    }
    for (const section of sections) section.hidden = !hasShown(section);
    const count = feeds.filter((feed) => !feed.hidden).length;
    if (words.length === 0) found.textContent = "";
    else found.textContent = count ? `${found.dataset.found}: ${count}` : found.dataset.none;
  };

  /* Without the permission, or without HTTPS, browsers have only the old way. */
  const copyTheOldWay = (address) => {
    const field = document.createElement("textarea");
    field.value = address;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  const copy = async (address) => {
    try {
      await navigator.clipboard.writeText(address);
      return true;
    } catch {
      return copyTheOldWay(address);
    }
  };

  const draw = (button, name) => {
    button.classList.toggle("done", name === "done");
    button.querySelector("use").setAttribute("href", `#${name}`);
  };

  let timer;
  const copyFrom = async (button) => {
    const address = new URL(button.previousElementSibling.getAttribute("href"), published).href;
    const done = await copy(address);
    button.focus();
    if (!done) {
      window.prompt(button.title, address);
      return;
    }
    clearTimeout(timer);
    document.querySelectorAll("button.done").forEach((other) => draw(other, "copy"));
    draw(button, "done");
    copied.textContent = copied.dataset.copied;
    timer = setTimeout(() => {
      draw(button, "copy");
      copied.textContent = "";
    }, 3000);
  };

  const template = document.getElementById("button").content.firstElementChild;
  for (const section of sections) {
    for (const link of section.querySelectorAll(".document a")) {
      const button = template.cloneNode(true);
      button.title = section.dataset.copy;
      button.setAttribute("aria-label", `${button.title}: ${link.getAttribute("aria-label")}`);
      link.after(button);
    }
  }
  document.querySelector("main").addEventListener("click", (event) => {
    const button = event.target.closest(".document button");
    if (button) copyFrom(button);
  });
  for (const group of groups) {
    if (group.matches("details"))
      group.addEventListener("toggle", () => {
        if (input.value.trim() === "") opened.set(group, group.open);
      });
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", filter);
  filter();
})();
