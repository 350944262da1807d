// Answers are sent as they are given, and wait in this browser until they have arrived.
// <form data-keep="ATTEMPT"> with <p data-keep-status data-saved data-unsent data-refused> keeps its question's answer;
// without a status it only sends what waits; <… data-kept="ATTEMPT"> says that nothing of this attempt need wait any more.
const PREFIX = "piawai-answer:";
const PAUSE = 800;
const RETRY = 15000;
const PATIENCE = 8000;

const waiting = (attempt) => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${attempt}:`));
const keyOf = (form) => `${PREFIX}${form.dataset.keep}:${new URLSearchParams(form.getAttribute("action")).get("q")}`;

const written = (form) => {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  return fields.toString();
};
const isAnswer = (body) => [...new URLSearchParams(body)].some(([name, value]) => /^(q\d+-)?(answer|place)/.test(name) && value.trim());

// Resolves to "saved", "refused" (the server has it, and can't take it), or "unsent".
const send = async (form, key, body) => {
  const fields = new URLSearchParams(body);
  fields.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  fields.set("go", "keep");
  try {
    const { status } = await fetch(`?q=${key.split(":").at(-1)}`, {
      method: "POST", body: fields, keepalive: true, redirect: "manual", signal: AbortSignal.timeout?.(PATIENCE),
    });
    // Anything else is a page that isn't for us: a sign-in, a server being mended.
    if (![204, 404, 409, 422].includes(status)) return "unsent";
    if (localStorage.getItem(key) === body) localStorage.removeItem(key);
    return status === 204 ? "saved" : "refused";
  } catch {
    return "unsent";
  }
};

for (const { dataset } of document.querySelectorAll("[data-kept]")) {
  for (const key of waiting(dataset.kept)) localStorage.removeItem(key);
}

for (const form of document.querySelectorAll("[data-keep]")) {
  const status = form.querySelector("[data-keep-status]");
  const own = status && keyOf(form);
  const say = (outcome) => { if (status) status.textContent = status.dataset[outcome] ?? ""; };
  const shown = written(form);
  let saved = shown;
  let sending = null;
  let isWaiting = true;
  let timer;

  // One at a time, so that the newest is the last to arrive.
  const sendAll = async () => {
    if (sending) return sending;
    sending = (async () => {
      const done = new Set();
      for (let keys; (keys = waiting(form.dataset.keep).filter((key) => !done.has(`${key}=${localStorage.getItem(key)}`))).length; ) {
        const body = localStorage.getItem(keys[0]);
        done.add(`${keys[0]}=${body}`);
        if (keys[0] === own) saved = null;
        const outcome = await send(form, keys[0], body);
        if (keys[0] !== own) continue;
        if (outcome === "saved") saved = body;
        say(outcome);
      }
    })();
    await sending;
    sending = null;
  };

  const keep = () => {
    const body = written(form);
    if (isAnswer(body) && body !== saved) localStorage.setItem(own, body);
    else localStorage.removeItem(own);
  };

  if (own) {
    const waited = localStorage.getItem(own);
    // What waited from before is the newer answer: once it has arrived, the page shows it.
    sendAll().then(() => { if (waited && waited !== shown && !localStorage.getItem(own) && written(form) === shown) location.reload(); });
    for (const kind of ["input", "change"]) {
      form.addEventListener(kind, (event) => {
        keep();
        say("");
        clearTimeout(timer);
        timer = setTimeout(sendAll, kind === "change" || event.target.matches("[type=radio], [type=checkbox], select") ? 0 : PAUSE);
      });
    }
  } else {
    // The review lists what has arrived.
    const before = waiting(form.dataset.keep).length;
    sendAll().then(() => { if (isWaiting && waiting(form.dataset.keep).length < before) location.reload(); });
  }

  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (own) keep();
    if (!isWaiting || (own ? !sending : !waiting(form.dataset.keep).length)) return;
    // What is on its way arrives first; on the review, what still waits is tried once more.
    event.preventDefault();
    isWaiting = false;
    await sendAll();
    form.requestSubmit(event.submitter);
  });
  addEventListener("online", sendAll);
  addEventListener("pagehide", () => { if (own && localStorage.getItem(own)) sendAll(); });
  setInterval(() => { if (waiting(form.dataset.keep).length) sendAll(); }, RETRY);
}
