// What htmx can't: files dropped, keys, and a text and its field that show each other.
"use strict";
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select");

// --- a text and its field
function pick(at, from) {
  $$(".picked").forEach((one) => one.classList.remove("picked"));
  if (!at) return false;
  if ($("#labels")) $("#labels").search = new URLSearchParams({ at });
  const same = $$("[data-at]").filter((one) => one.dataset.at === at && !one.matches("[data-note]"));
  same.forEach((one) => one.classList.add("picked"));
  const field = same.find((one) => typing(one));
  same.filter((one) => one !== from && !one.closest("[hidden]")).forEach((one) => one.scrollIntoView({ block: "nearest" }));
  return field;
}
document.addEventListener("click", (event) => {
  const note = event.target.closest("[data-note]");
  if (note) return look(note.closest("li"), event);
  const text = event.target.closest(".original [data-at]");
  if (text && !event.target.closest("a")) {
    const field = pick(text.dataset.at, text);
    if (field) return field.focus({ preventScroll: true });
    const project = text.dataset.at.split("/")[1];
    if (!$(`[data-at^="projects/${project}/"].picked:not(.original *)`) && $(".projects")) {
      sessionStorage.setItem("perfdoc-at", text.dataset.at);
      location.search = `?project=${project}`;
    }
  }
  const asks = event.target.closest("[data-asks]");
  if (asks && !confirm(asks.dataset.asks)) event.preventDefault();
  const opens = event.target.closest("[data-opens]");
  if (opens) $(`#${opens.dataset.opens}`).showModal();
  const shows = event.target.closest("[data-shows]");
  if (shows) {
    $$("[data-shows]").forEach((one) => {
      one.setAttribute("aria-pressed", String(one === shows));
      $(`#${one.dataset.shows}`).hidden = one !== shows;
    });
  }
});
document.addEventListener("focusin", (event) => {
  if (event.target.dataset.at && event.target.closest("#project")) pick(event.target.dataset.at, event.target);
});

// the original begins with the project that is looked at, once, and again when its pages have come
document.addEventListener("htmx:afterSwap", (event) => {
  const number = new URLSearchParams(location.search).get("project");
  if (event.target.id !== "original" || !number || number === "0") return;
  const first = $$(`[data-at^="projects/${number}/"]`, event.target).find((one) => !one.closest("[hidden]"));
  if (first) first.scrollIntoView({ block: "start" });
});

// --- saving: where nothing can be saved, what was typed stays on the page
function unsaved(words) {
  const said = $("#unsaved");
  if (said) [said.className, said.textContent] = ["error", words];
}
document.addEventListener("htmx:sendError", () => unsaved($("#project")?.dataset.gone));
document.addEventListener("submit", async (event) => {
  const form = event.target, save = event.submitter;
  if (save?.dataset.key !== "save") return;
  event.preventDefault();
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, save)) }).catch(() => null);
  if (!answer) return unsaved(form.dataset.gone);
  if (answer.redirected) return location.assign(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!$(".sides", page)) return unsaved(($("main p", page) || page.body).textContent);
  document.body.replaceWith(document.adoptNode(page.body));
  htmx.process(document.body);
  $(".sides input").focus();
});

// --- what to look at, one after the other
function look(item, event) {
  if (!item) return;
  $$("#notes .here").forEach((one) => one.classList.remove("here"));
  item.classList.add("here");
  const link = $("[data-note]", item);
  if (link.getAttribute("href").startsWith("?")) return event ? undefined : link.click();
  if (event) event.preventDefault();
  link.focus();
  const field = pick(link.dataset.at, link);
  const drawn = link.dataset.anchor && document.getElementById(link.dataset.anchor);
  if (drawn) {
    if (drawn.closest("[hidden]")) $("[data-shows=drawn]").click();
    drawn.classList.add("picked");
    drawn.scrollIntoView({ block: "center" });
  }
  if (field && event) field.focus();
}
function step(by) {
  const items = $$("#notes li");
  const at = items.findIndex((one) => one.classList.contains("here"));
  look(items[Math.min(Math.max(at + by, 0), items.length - 1)]);
}
function move(by) {
  const rows = $$("[data-row]");
  const at = rows.findIndex((one) => one.contains(document.activeElement));
  const row = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (row) $(".name a", row).focus();
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    const save = $("[data-key=save]");
    event.preventDefault();
    return save && save.click();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (event.key === "Escape" && typing(event.target)) {
    event.preventDefault(); // which would empty the filter
    return event.target.blur();
  }
  if (typing(event.target)) return;
  const done = {
    "?": () => $("#keys").showModal(),
    "/": () => $("#filter") && $("#filter").focus(),
    Escape: () => location.pathname !== "/" && location.assign("/"),
    j: () => step(1), k: () => step(-1),
    ArrowDown: () => $("[data-row]") && (move(1), true), ArrowUp: () => $("[data-row]") && (move(-1), true),
    " ": () => { const row = event.target.closest("[data-row]"); if (row && event.target.matches("a")) { $("input", row).click(); return true; } },
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (done && (done() || event.key === "/" || event.key === "?")) event.preventDefault();
});

// --- which rows are chosen
document.addEventListener("change", (event) => {
  if (event.target.id === "every") $$("input[name=way]").forEach((one) => { one.checked = event.target.checked; });
  if (event.target.id === "drop-files") send([...event.target.files].map((file) => [file, file.webkitRelativePath || file.name]));
});

// --- files and folders dropped
async function within(entry, way = "") {
  if (entry.isFile) return [[await new Promise((done, failed) => entry.file(done, failed)), way + entry.name]];
  const reader = entry.createReader(), found = [];
  for (let some; (some = await new Promise((done, failed) => reader.readEntries(done, failed))).length;) {
    for (const one of some) found.push(...await within(one, `${way}${entry.name}/`));
  }
  return found;
}
async function send(files) {
  const box = $("#drop"), words = box.firstChild.nodeValue, failed = [];
  for (const [number, [file, name]] of files.entries()) {
    box.firstChild.nodeValue = `${number + 1} / ${files.length} `;
    const form = new FormData();
    form.append("name", name);
    form.append("file", file, file.name);
    const answer = await fetch("/drop", { method: "POST", body: form, headers: { "X-Dropped": "1", Accept: "text/plain" } }).catch(() => null);
    if (!answer?.ok) failed.push(`${name}: ${answer ? (await answer.text()).slice(0, 300) : box.dataset.lost}`);
  }
  box.firstChild.nodeValue = words;
  if (failed.length) alert(failed.join("\n"));
  location.assign("/");
}
for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, async (event) => {
    if (!$("#drop") || !event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    document.body.classList.toggle("over", name === "dragenter" || name === "dragover");
    if (name !== "drop") return;
    const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    for (const entry of entries) found.push(...await within(entry));
    send(found);
  });
}
document.addEventListener("DOMContentLoaded", () => {
  const at = sessionStorage.getItem("perfdoc-at");
  sessionStorage.removeItem("perfdoc-at");
  const field = at ? pick(at) : location.hash.startsWith("#v-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (field) field.focus();
});
