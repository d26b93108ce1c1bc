/* Files on their way: dropped or chosen, many at once, sent one after another, each with its progress, a way to stop it
   and another try. What the server says of a file stands in its row. Without script the form is a plain one. */
(function () {
  "use strict";

  const queues = new Map(); /* by address: they outlive the panel they were begun in */

  function queueOf(form) {
    const address = form.getAttribute("action");
    if (!queues.has(address)) queues.set(address, { address, items: [], sending: null, used: false, refresh: false });
    return queues.get(address);
  }

  function formOf(queue) {
    return Array.from(document.querySelectorAll("form[data-uploads]")).find((form) => form.getAttribute("action") === queue.address);
  }

  function say(queue, words) {
    const form = formOf(queue);
    if (form) form.querySelector("[data-upload-said]").textContent = words;
  }

  /* ── Rows. */
  function add(form, files) {
    const queue = queueOf(form);
    const most = Number(form.dataset.largest);
    Array.from(files).forEach((file) => {
      const row = document.querySelector("template[data-upload-row]").content.cloneNode(true).firstElementChild;
      row.querySelectorAll("[data-name]").forEach((place) => (place.textContent = file.name));
      const item = { file, row, state: "waiting", declared: form.querySelector("[name=declared]").checked };
      row.querySelector("[data-cancel]").addEventListener("click", () => cancel(queue, item));
      row.querySelector("[data-again]").addEventListener("click", () => again(queue, item));
      queue.items.push(item);
      if (file.size > most * 1048576) stand(item, "refused", `Tệp lớn hơn ${most} MB nên không nhận được.`);
      else stand(item, "waiting", item.declared ? "Chờ gửi" : "Chờ xác nhận không chứa bí mật nhà nước");
    });
    adopt(form);
    pump(queue);
  }

  /* the rows of a queue in the form that stands on the page now */
  function adopt(form) {
    const queue = queueOf(form);
    const list = form.querySelector("[data-upload-list]");
    list.replaceChildren(...queue.items.map((item) => item.row));
    list.hidden = !queue.items.length;
    const undeclared = queue.items.some((item) => item.state === "waiting" && !item.declared);
    form.querySelector("[data-undeclared]").hidden = !undeclared;
    if (undeclared) form.querySelector("[name=declared]").focus();
  }

  function stand(item, state, words) {
    item.state = state;
    item.row.dataset.state = state;
    item.row.querySelector("[data-said]").textContent = words;
    item.row.querySelector("progress").hidden = state !== "sending";
    item.row.querySelector("[data-again]").hidden = state !== "lost";
    item.row.querySelector("[data-cancel]").hidden = state === "checking";
  }

  function drop(queue, item) {
    const held = item.row.contains(document.activeElement);
    queue.items = queue.items.filter((other) => other !== item);
    item.row.remove();
    const form = formOf(queue);
    if (!form) return;
    adopt(form);
    if (held) form.querySelector("input[type=file]").focus();
  }

  function cancel(queue, item) {
    if (item.xhr) item.xhr.abort();
    say(queue, `Đã thôi gửi ${item.file.name}.`);
    drop(queue, item);
    pump(queue);
  }

  function again(queue, item) {
    stand(item, "waiting", "Chờ gửi");
    pump(queue);
  }

  /* ── Sending, one at a time. */
  function pump(queue) {
    if (queue.sending) return;
    const item = queue.items.find((one) => one.state === "waiting" && one.declared);
    if (item) send(queue, item);
    else if (!queue.items.some((one) => one.state === "waiting")) rest(queue);
  }

  /* every file has been dealt with: the next ones are declared anew */
  function rest(queue) {
    const form = formOf(queue);
    if (form && queue.used) form.querySelector("[name=declared]").checked = false;
    queue.used = false;
    const into = document.querySelector("[data-uploaded-into]");
    if (!queue.refresh || !into) return;
    queue.refresh = false;
    window.htmx.ajax("GET", window.location.href, { target: `#${into.id}`, select: `#${into.id}`, swap: "outerHTML" });
  }

  function send(queue, item) {
    const xhr = new XMLHttpRequest();
    const body = new FormData();
    body.append("files", item.file);
    body.append("declared", "on");
    Object.assign(item, { xhr });
    Object.assign(queue, { sending: item, used: true });
    stand(item, "sending", "Đang gửi");
    say(queue, `Đang gửi ${item.file.name}.`);
    xhr.open("POST", queue.address);
    xhr.setRequestHeader("HX-Request", "true");
    xhr.setRequestHeader("X-CSRFToken", token());
    xhr.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable || item.state !== "sending") return;
      const share = Math.floor((event.loaded / event.total) * 100);
      item.row.querySelector("progress").value = share;
      item.row.querySelector("[data-said]").textContent = `Đã gửi ${share} %`;
    });
    xhr.upload.addEventListener("load", () => stand(item, "checking", "Cổng đang kiểm tra tệp"));
    xhr.addEventListener("load", () => answered(queue, item, xhr));
    xhr.addEventListener("error", () => stand(item, "lost", "Mất kết nối, chưa gửi được."));
    xhr.addEventListener("loadend", () => {
      item.xhr = null;
      queue.sending = null;
      pump(queue);
    });
    xhr.send(body);
  }

  function token() {
    const pair = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
    const field = document.querySelector("[name=csrfmiddlewaretoken]");
    return pair ? decodeURIComponent(pair.slice("csrftoken=".length)) : field.value;
  }

  function answered(queue, item, xhr) {
    const landed = new URL(xhr.responseURL || window.location.href).pathname;
    if (landed === document.body.dataset.signIn) return stand(item, "lost", "Phiên đăng nhập đã hết. Đăng nhập lại ở cửa sổ khác, rồi gửi lại.");
    if (xhr.status === 403) return stand(item, "lost", "Không gửi được: đồng chí không có quyền hoặc phiên làm việc đã đổi.");
    if (xhr.status !== 200 && xhr.status !== 409 && xhr.status !== 422) return stand(item, "lost", "Máy chủ chưa nhận được tệp này.");
    const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const told = answer.querySelector("[data-refused]") || answer.querySelector(".form-errors li");
    merge(queue, answer);
    if (told) {
      stand(item, "refused", told.textContent.trim());
      say(queue, `${item.file.name}: ${told.textContent.trim()}`);
      return undefined;
    }
    queue.refresh = true;
    say(queue, `Đã nhận ${item.file.name}.`);
    return drop(queue, item);
  }

  /* what is new comes into the page; what somebody is writing in there stays as it is */
  function merge(queue, answer) {
    answer.querySelectorAll("[hx-swap-oob]").forEach((part) => {
      const place = document.getElementById(part.id);
      if (!place) return;
      part.removeAttribute("hx-swap-oob");
      place.replaceWith(part);
      window.htmx.process(part);
    });
    const form = formOf(queue);
    const panel = form && form.closest("[data-panel]");
    if (!panel) return;
    answer.querySelectorAll("[data-piece]").forEach((piece) => {
      if (document.getElementById(piece.id)) return;
      panel.querySelector("[data-pieces]").append(piece);
      window.htmx.process(piece);
      if (queue.items.length === 1) piece.querySelector("[data-describes]").open = true;
    });
    const none = panel.querySelector("[data-no-pieces]");
    if (none && panel.querySelector("[data-piece]")) none.remove();
    const count = answer.querySelector("[data-piece-count]");
    if (count) panel.querySelector("[data-piece-count]").textContent = count.textContent;
  }

  /* ── The form. */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-uploads]");
    if (!form) return;
    if (event.target.type === "file" && event.target.files.length) {
      add(form, event.target.files);
      event.target.value = "";
    }
    if (event.target.name === "declared" && event.target.checked) {
      const queue = queueOf(form);
      queue.items.filter((item) => item.state === "waiting").forEach((item) => {
        item.declared = true;
        stand(item, "waiting", "Chờ gửi");
      });
      adopt(form);
      pump(queue);
    }
  });

  /* Enter in the form sends nothing by itself: what is chosen is sent already, or waits for the declaration */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-uploads]")) return;
    event.preventDefault();
    adopt(event.target);
  });

  /* a file let go beside the place must not take the page, and what is typed on it, away */
  ["dragover", "drop"].forEach((kind) =>
    document.addEventListener(kind, (event) => {
      if (!document.querySelector("form[data-uploads]") || !Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      const place = event.target.closest("[data-drop-files]");
      document.querySelectorAll("[data-drop-files]").forEach((one) => one.toggleAttribute("data-over", kind === "dragover" && one === place));
      if (kind === "drop" && place) add(place.closest("form"), event.dataTransfer.files);
    })
  );

  document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll && event.detail.elt.querySelectorAll("form[data-uploads]").forEach(adopt));
  window.addEventListener("online", () => queues.forEach((queue) => queue.items.filter((item) => item.state === "lost").forEach((item) => again(queue, item))));
  window.addEventListener("beforeunload", (event) => {
    const under = ["waiting", "sending", "checking", "lost"];
    if (Array.from(queues.values()).some((queue) => queue.items.some((item) => under.includes(item.state)))) event.preventDefault();
  });
})();
