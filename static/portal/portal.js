/* Behaviour every page shares: requests of htmx, dialogs, menus, small conveniences of forms.
   Pages ask for it by data- attributes; nothing is written inside a page, so the content policy stays strict. */
(function () {
  "use strict";

  const body = document.body;

  /* ── One line for what the portal itself has to say; it stays until it is no longer true. */
  const line = document.getElementById("tin-he-thong");
  function say(text) {
    if (!line) return;
    line.hidden = !text;
    line.querySelector("[data-words]").textContent = text || "";
  }
  document.addEventListener("portal:say", (event) => say(event.detail));

  /* ── htmx: the token of the present session, not of the moment the page was opened. */
  function cookie(name) {
    const pair = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
  }
  document.addEventListener("htmx:configRequest", (event) => {
    const token = cookie("csrftoken");
    if (event.detail.verb === "get" || !token) return;
    event.detail.headers["X-CSRFToken"] = token;
    event.detail.formData.delete("csrfmiddlewaretoken");
  });

  /* A request that was sent on to the sign-in page must not put that page into a corner of this one. */
  const sentToSignIn = new WeakSet();
  document.addEventListener("htmx:beforeSwap", (event) => {
    const landed = event.detail.xhr.responseURL;
    if (!landed || !body.dataset.signIn || new URL(landed).pathname !== body.dataset.signIn) return;
    event.detail.shouldSwap = false;
    sentToSignIn.add(event.detail.xhr);
    event.detail.elt.dispatchEvent(new CustomEvent("portal:signed-out", { bubbles: true }));
  });
  document.addEventListener("portal:signed-out", () => say("Phiên đăng nhập đã hết. Nội dung đã gõ vẫn được giữ; đề nghị đăng nhập lại rồi làm tiếp."));

  function unlessRow(event, text) {
    if (!event.detail.elt.closest("[data-row]")) say(text);
  }
  document.addEventListener("htmx:sendError", (event) => unlessRow(event, "Mất kết nối với cổng, chưa gửi được. Kiểm tra mạng rồi thử lại."));
  document.addEventListener("htmx:timeout", (event) => unlessRow(event, "Máy chủ chưa trả lời. Chờ một phút rồi thử lại."));
  document.addEventListener("htmx:responseError", (event) => unlessRow(event, "Chưa làm được việc vừa rồi. Tải lại trang rồi thử lại."));
  document.addEventListener("htmx:afterRequest", (event) => {
    const done = event.detail.successful && !sentToSignIn.has(event.detail.xhr);
    if (done && !event.detail.elt.closest("[data-row]")) say("");
  });

  /* ── Dialogs: the browser's own. */
  function openDialog(dialog) {
    if (!dialog || dialog.open) return;
    dialog.showModal();
    const field = dialog.querySelector("[autofocus], textarea, input:not([type=hidden]), select");
    if (field) field.focus();
  }
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      event.preventDefault();
      openDialog(document.getElementById(opener.dataset.dialog));
    }
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
  });
  document.querySelectorAll("dialog[data-open]").forEach(openDialog);

  /* ── Menus: <details> that close when one goes elsewhere. */
  const menus = Array.from(document.querySelectorAll("details[data-menu]"));
  document.addEventListener("click", (event) => {
    menus.filter((menu) => menu.open && !menu.contains(event.target)).forEach((menu) => (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus
      .filter((menu) => menu.open)
      .forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
  });

  /* ── Forms. */
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches("select[data-go]") && field.value) window.location.assign(field.value);
    if (field.matches("[data-submit]")) field.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-once]")) {
      const press = event.submitter;
      setTimeout(() => press && (press.disabled = true), 0);
    }
    if (form.matches("[data-warn]")) delete form.dataset.touched;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-once] button:disabled").forEach((press) => (press.disabled = false));
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn]");
    if (form) form.dataset.touched = "yes";
  });
  /* what was typed in a dialog that is closed is kept on the machine (unsent.js), and nobody is asked about it */
  document.addEventListener("close", (event) => event.target.querySelectorAll("form[data-touched]").forEach((form) => delete form.dataset.touched), true);
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-warn][data-touched]")) event.preventDefault();
  });

  const first = document.querySelector("[data-focus]");
  if (first) first.focus();

  /* ── Passwords: seen when asked, Caps Lock named while it is on. */
  document.addEventListener("click", (event) => {
    const press = event.target.closest("[data-show]");
    if (!press) return;
    const field = document.getElementById(press.dataset.show);
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    press.setAttribute("aria-pressed", String(shown));
    press.textContent = shown ? "Ẩn mật khẩu" : "Hiện mật khẩu";
  });
  document.addEventListener("keyup", (event) => {
    const note = event.target.dataset && event.target.dataset.caps && document.getElementById(event.target.dataset.caps);
    if (note && event.getModifierState) note.hidden = !event.getModifierState("CapsLock");
  });
})();
