// The form of a scenario. Beside what Wagtail does: the linter's findings after each save, at their blocks too; keys picked from
// those that the form has; a scene added where a choice names one that isn't there.
const panel = document.querySelector("[data-findings]");

const open = (toggle) => { if (toggle?.getAttribute("aria-expanded") === "false") toggle.click(); };

// Unfolds what a block stands in, and goes there.
const reveal = (anchor) => {
  const section = anchor && document.getElementById(anchor);
  if (!section?.closest("#nodes-root, [data-contentpath='nodes']")) return;
  const tab = section.closest("[role=tabpanel]");
  if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  for (let around = section; around; around = around.parentElement?.closest("section")) {
    open(around.querySelector("[data-panel-toggle]"));
  }
  requestAnimationFrame(() => section.scrollIntoView({ block: "start" }));
};

const showAtBlocks = () => {
  for (const old of document.querySelectorAll(".finding-at-block")) old.remove();
  for (const finding of panel.querySelectorAll("[data-at]")) {
    const section = document.getElementById(finding.dataset.at);
    if (!section) continue;
    const shown = document.createElement("div");
    shown.className = `${finding.className} finding-at-block`;
    shown.innerHTML = finding.innerHTML;
    shown.querySelector(".finding-place")?.remove();
    const heading = section.querySelector("[data-panel-heading]") ?? section.firstElementChild;
    heading.closest("section > *").after(shown);
  }
};

const ask = async (page) => {
  const answer = await fetch(panel.dataset.findings.replace("/0/", `/${page}/`));
  if (!answer.ok) return;
  panel.innerHTML = await answer.text();
  showAtBlocks();
};

if (panel) {
  if (panel.dataset.page) ask(panel.dataset.page);
  document.addEventListener("w-autosave:success", ({ detail }) => ask(detail.data.pk));
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(link.hash.slice(1));
  });
  addEventListener("hashchange", () => reveal(location.hash.slice(1)));
}

const NODE_KEY = /^nodes-\d+-value-key$/;
const TARGET = /^(nodes-\d+)-value-choices-\d+-value-target$/;
const LATE = /^(nodes-\d+)-value-late$/;
const CONDITION = /-conditions-\d+-value-of$/;

const inputs = (pattern) => [...document.querySelectorAll("input[name^='nodes-']")]
  .filter((input) => pattern.test(input.name) && input.value && !input.closest("[aria-hidden='true']"));
const keys = (pattern) => inputs(pattern).map((input) => input.value);
const choiceKeys = (node) => keys(new RegExp(`^${node}-value-choices-\\d+-value-key$`));

const suggested = (name) => {
  if (TARGET.test(name)) return keys(NODE_KEY);
  if (LATE.test(name)) return choiceKeys(name.match(LATE)[1]);
  if (!CONDITION.test(name)) return null;
  return inputs(NODE_KEY).flatMap((scene) => {
    const choices = choiceKeys(scene.name.replace("-value-key", ""));
    return choices.length ? [scene.value, ...choices.map((key) => `${scene.value}/${key}`)] : [];
  });
};

const list = document.createElement("datalist");
list.id = "story-keys";
document.body.append(list);

document.addEventListener("focusin", ({ target }) => {
  const found = target.matches("input") && suggested(target.name);
  if (!found) return;
  list.replaceChildren(...found.map((key) => new Option(key, key)));
  target.setAttribute("list", list.id);
});

const addScene = (node, key) => {
  const story = document.getElementById("nodes-root").rootBlock;
  const place = story.children.findIndex((child) => child.prefix === node) + 1;
  story._onRequestInsert(place, { type: "scene" });
  story.children[place].block.childBlocks.key.setState(key);
};

document.addEventListener("change", ({ target }) => {
  const [, node] = target.name?.match(TARGET) ?? [];
  if (!node) return;
  target.parentElement.querySelector(".add-scene")?.remove();
  const key = target.value.trim();
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key) || keys(NODE_KEY).includes(key)) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary add-scene";
  button.textContent = `${panel.dataset.add}: ${key}`;
  button.addEventListener("click", () => { button.remove(); addScene(node, key); });
  target.after(button);
});
