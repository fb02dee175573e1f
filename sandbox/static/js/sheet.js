/** The one dialog of the page. */

const sheet = document.getElementById("sheet");

export function openSheet(title, ...content) {
  document.getElementById("sheet-title").textContent = title;
  document.getElementById("sheet-body").replaceChildren(...content);
  if (!sheet.open) sheet.showModal();
}

document.getElementById("close-sheet").addEventListener("click", () => sheet.close());
sheet.addEventListener("click", (event) => {
  if (event.target === sheet) sheet.close();
});
