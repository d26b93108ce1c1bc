/* Slides: one at a time, rows that are called out uncovered one by one, the place in the address (#/5, or #/5/2 with two
   rows uncovered), so that a reload stays. Everything is in the page: once loaded it needs no network. */
(function () {
  "use strict";

  const slides = Array.from(document.querySelectorAll("[data-slide]"));
  const bar = document.querySelector("[data-stage-bar]");
  const at = document.querySelector("[data-stage-at]");
  const said = document.querySelector("[data-stage-said]");
  const help = document.querySelector("[data-stage-help]");
  const FAR = 50; /* pixels of a swipe */
  let here = { slide: 0, step: 0 };

  function steps(slide) {
    return Array.from(slides[slide].querySelectorAll("[data-step]"));
  }

  function words(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  function show(slide, step) {
    const uncovered = here.slide === slide && step > here.step;
    here = { slide, step };
    slides.forEach((one, place) => one.classList.toggle("away", place !== slide));
    const rows = steps(slide);
    rows.forEach((row, place) => row.classList.toggle("still", place >= step));
    at.textContent = `${slide + 1}/${slides.length}`;
    const heading = words(slides[slide].querySelector("h2"));
    said.textContent = uncovered && step ? words(rows[step - 1]) : `Trang ${slide + 1}/${slides.length}: ${heading}`;
    const address = `#/${slide + 1}${step ? `/${step}` : ""}`;
    if (location.hash !== address) history.replaceState(null, "", address);
    window.scrollTo(0, 0);
  }

  function go(slide, step) {
    const to = Math.min(Math.max(slide, 0), slides.length - 1);
    show(to, Math.min(Math.max(step, 0), steps(to).length));
  }

  function on() {
    if (here.step < steps(here.slide).length) go(here.slide, here.step + 1);
    else if (here.slide < slides.length - 1) go(here.slide + 1, 0);
  }

  function back() {
    if (here.step > 0) go(here.slide, here.step - 1);
    else if (here.slide > 0) go(here.slide - 1, Infinity);
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
  }

  function toggleHelp() {
    if (help.open) help.close();
    else help.showModal();
  }

  function fromAddress() {
    const found = /^#\/(\d+)(?:\/(\d+))?$/.exec(location.hash);
    go(found ? Number(found[1]) - 1 : 0, found && found[2] ? Number(found[2]) : 0);
  }

  const doings = { on, back, full, help: toggleHelp, first: () => go(0, 0), last: () => go(slides.length - 1, 0) };
  const keys = {
    ArrowRight: "on", ArrowDown: "on", PageDown: "on", " ": "on", Enter: "on", ArrowLeft: "back", ArrowUp: "back",
    PageUp: "back", Backspace: "back", Home: "first", End: "last", f: "full", F: "full", "?": "help",
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (help.open && event.key !== "?") return;
    const pressing = event.key === " " || event.key === "Enter";
    if (pressing && event.target.closest("button, a, select, input")) return;
    const doing = keys[event.key];
    if (!doing) return;
    event.preventDefault();
    doings[doing]();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-stage-do]");
    if (button) doings[button.dataset.stageDo]();
  });

  let touched = null;
  document.addEventListener("touchstart", (event) => {
    touched = event.touches.length === 1 ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!touched || help.open) return;
    const end = event.changedTouches[0];
    const across = end.clientX - touched.x;
    if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(end.clientY - touched.y)) (across < 0 ? on : back)();
  }, { passive: true });

  window.addEventListener("hashchange", fromAddress);
  /* faces are fetched when a letter needs them: all of them now, while there is a network */
  if (document.fonts) document.fonts.forEach((face) => face.load().catch(() => {}));
  document.body.classList.add("staged");
  bar.hidden = false;
  fromAddress();
})();
