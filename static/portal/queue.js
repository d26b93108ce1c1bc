/* Sends what pen.js keeps: in order, one at a time, again and again until the server has confirmed it. It runs on every
   page of somebody signed in, so that what a crash or an ended session left is sent from wherever they go on. The rows of
   the page (rows.js) hear of each step by the event "portal:stroke" and decide nothing about sending but "now". */
window.portalQueue = (function () {
  "use strict";

  const pen = window.portalPen;
  const WAITS = [1, 2, 4, 8, 15, 30, 60]; /* seconds before the next attempt */
  const PATIENCE = 30000;
  const unfinished = new Set(); /* rows in which somebody is just typing */
  const PASSING = ["offline", "fault", "signed-out", "another"]; /* what may be otherwise in a moment */
  const resting = new Map(); /* entries not to be tried again in the same form: key → stroke */
  const ARRIVED = "portal-arrived";
  let tries = 0;
  let timer = null;
  let running = null;
  let asked = false;

  function key(entry) {
    return `${entry.address} ${entry.pen}`;
  }

  function tell(entry, step, more) {
    document.dispatchEvent(new CustomEvent("portal:stroke", { detail: Object.assign({ entry, step }, more) }));
  }

  function token() {
    const pair = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return pair ? decodeURIComponent(pair.slice("csrftoken=".length)) : field ? field.value : "";
  }

  function body(entry) {
    const sent = new URLSearchParams({ pen: entry.pen, stroke: entry.stroke, person: entry.person });
    Object.entries(entry.fields).forEach(([name, values]) => values.forEach((value) => sent.append(name, value)));
    return sent;
  }

  /* what became of it: saved, answered (a refusal or a conflict, in words), or why there is no answer */
  async function post(entry) {
    let answer, html;
    try {
      answer = await fetch(entry.address, {
        method: "POST",
        headers: { "HX-Request": "true", "X-CSRFToken": token() },
        body: body(entry),
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      html = await answer.text();
    } catch (lost) {
      return { step: "offline" };
    }
    if (answer.type === "opaqueredirect") return { step: "signed-out" };
    const more = { html, target: answer.headers.get("HX-Retarget"), kept: answer.headers.has("Portal-Kept") };
    if (answer.ok) return { step: "saved", more };
    if (answer.status === 409 || answer.status === 422) return { step: "answered", more };
    if (answer.status === 403) return { step: answer.headers.has("Portal-Another") ? "another" : "forbidden" };
    if (answer.status === 404) return { step: "gone" };
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) return { step: "fault" };
    return { step: "odd" };
  }

  /* A page goes on sending while the next one is on its way. What arrives after the next one was drawn is not on it: it is
     drawn again, once. An answer to a form is not asked for again. */
  function arrived() {
    try {
      sessionStorage.setItem(ARRIVED, String(performance.timeOrigin + performance.now()));
    } catch (unkept) {
      /* a browser that keeps nothing: the page shows it a look later */
    }
  }

  function drawnTooEarly() {
    try {
      const at = Number(sessionStorage.getItem(ARRIVED));
      sessionStorage.removeItem(ARRIVED);
      return at > performance.timeOrigin;
    } catch (unkept) {
      return false;
    }
  }

  /* rows that one comes back to are drawn as they were when one left, not as they were saved since */
  function drawnLongAgo() {
    const [navigation] = performance.getEntriesByType("navigation");
    return navigation && navigation.type === "back_forward" && document.querySelector("form[data-row], form[data-quick]");
  }

  /* one round over everything this page has to send */
  async function round() {
    const entries = (await pen.kept()).filter((entry) => entry.page === pen.page);
    const held = new Set(); /* rows one of whose texts must go first */
    let failed = false;
    for (const entry of entries) {
      if (held.has(entry.address) || unfinished.has(key(entry)) || resting.get(key(entry)) === entry.stroke) continue;
      if (!(await pen.still(entry))) {
        asked = true; /* something newer of it is for the next round */
        continue;
      }
      tell(entry, "sending");
      const { step, more } = await post(entry);
      if (more) arrived();
      if (step === "saved" || (more && more.kept)) await pen.forget(entry).catch(() => {});
      else held.add(entry.address);
      if (PASSING.includes(step)) failed = true;
      else resting.set(key(entry), entry.stroke);
      tell(entry, step, more);
      if (PASSING.includes(step) && step !== "fault") break; /* the others would fare alike */
    }
    return failed;
  }

  async function run() {
    let failed = true;
    do {
      asked = false;
      failed = await round().catch(() => true);
    } while (asked && !failed);
    if (failed) again();
    else tries = 0;
  }

  function again() {
    const wait = WAITS[Math.min(tries, WAITS.length - 1)] * (0.75 + Math.random() / 2);
    tries += 1;
    timer = setTimeout(() => {
      timer = null;
      send();
    }, wait * 1000);
  }

  /* to be called as often as one likes: one round at a time, another after it if something came, none before its time */
  function send() {
    asked = true;
    if (running || timer) return;
    running = run().finally(() => {
      running = null;
      if (asked) send();
    });
  }

  /* what other pages left, and what was refused to somebody signed out: now is a moment to try again */
  function resume() {
    resting.clear();
    clearTimeout(timer);
    timer = null;
    tries = 0;
    return pen
      .inherit(resume)
      .catch(() => [])
      .then((left) => {
        if (left.length) document.dispatchEvent(new CustomEvent("portal:inherited", { detail: left }));
        send();
      });
  }

  function writing(entry, goesOn) {
    if (goesOn) unfinished.add(key(entry));
    else unfinished.delete(key(entry));
  }

  function wake() {
    if (document.visibilityState === "visible") resume();
  }
  const stale = drawnTooEarly() || drawnLongAgo();
  if (stale && "askedFor" in document.body.dataset) location.reload();
  window.addEventListener("online", resume);
  window.addEventListener("focus", wake);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("load", resume);

  return { send, writing };
})();
