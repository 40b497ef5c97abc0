// What readers will see, shown while the form is filled in. Without this script a button does the same.
const PAUSE = 500;

for (const form of document.querySelectorAll("form[data-nr-preview]")) {
  const result = form.querySelector("[data-nr-preview-result]");
  let waiting, asked = 0;

  const show = async () => {
    const turn = ++asked;
    const data = new FormData(form);
    data.set("preview", "1");
    const response = await fetch(form.getAttribute("action") || window.location.href, {
      method: "POST", body: data, credentials: "same-origin",
    });
    if (!response.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-nr-preview-result]");
    if (fresh) result.replaceChildren(...fresh.childNodes);
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show().catch(() => {}), PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}
