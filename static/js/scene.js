// The player of role-plays. A choice is sent in the background and what follows is put below the conversation: a screen reader reads the
// new lines and nothing jumps. Whatever is not the next scene is loaded as a page. A scene's clock is shown; the server's decides.
const MARK = 10;
const RETRY = 5000;
const said = document.querySelector("[data-said]");
const unsent = document.querySelector("[data-unsent]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let timer;

const ask = async (address, options) => {
  const response = await fetch(address, options);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const isHere = new URL(response.url).pathname === location.pathname && page.querySelector(".talk");
  if (isHere) show(page);
  else location.assign(response.url);
};

const show = (page) => {
  const talk = document.querySelector(".talk");
  const lines = [...page.querySelectorAll(".talk > li")].slice(talk.children.length);
  for (const message of document.querySelectorAll(".messages")) message.remove();
  unsent.before(...page.querySelectorAll(".messages"));
  for (const part of document.querySelectorAll("[data-part]")) {
    part.replaceWith(page.querySelector(`[data-part="${part.dataset.part}"]`));
  }
  if (lines.length) document.getElementById("now")?.removeAttribute("id");
  talk.append(...lines);
  const now = document.getElementById("now");
  now.focus({ preventScroll: true });
  now.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
  countDown();
};

const goOn = () => ask(location.pathname).catch(() => setTimeout(goOn, RETRY));

const countDown = () => {
  clearInterval(timer);
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const { left, total, grace, seconds, half, over } = clock.dataset;
  const end = Date.now() + Number(left) * 1000;
  let before = Number(left) + 1;

  const tick = () => {
    const rest = Math.max(Math.round((end - Date.now()) / 1000), -Number(grace));
    const words = seconds.replace("%n", Math.max(rest, 0));
    const passed = (mark) => rest <= mark && mark < before;
    clock.querySelector("text").textContent = Math.max(rest, 0);
    clock.querySelector("svg").setAttribute("aria-label", words);
    clock.querySelector(".is-left").setAttribute("stroke-dasharray", `${(100 * Math.max(rest, 0)) / Number(total)} 100`);
    clock.classList.toggle("is-short", rest <= MARK);
    if (passed(0)) said.textContent = over;
    else if (passed(MARK)) said.textContent = words;
    else if (passed(Math.floor(Number(total) / 2))) said.textContent = `${half} ${words}`;
    before = rest;
    if (rest > -Number(grace)) return;
    clearInterval(timer);
    goOn();
  };

  timer = setInterval(tick, 1000);
  tick();
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".choices") || !event.submitter) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  unsent.hidden = true;
  try {
    await ask(form.action, { method: "POST", body });
  } catch {
    for (const button of buttons) button.disabled = false;
    unsent.hidden = false;
  }
});

if (location.hash === "#now") document.getElementById("now")?.focus({ preventScroll: true });
countDown();
