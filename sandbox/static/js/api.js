/** The sandbox's calls, as functions. Throws an Error whose message a person can read. */

async function ask(path, options) {
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, options);
  } catch {
    throw new Error("Sandbox tidak menjawab. Pastikan masih berjalan, lalu coba lagi.");
  }
  if (!response.ok) throw new Error("Belum berhasil. Muat ulang halaman ini, lalu coba lagi.");
  return response.json();
}

const post = (path, body = {}) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const people = () => ask("people");
export const bot = () => ask("bot");
export const phone = (id) => ask(`users/${id}`);
export const messages = (id) => ask(`users/${id}/messages`);
export const calls = () => ask("calls?limit=60");
export const write = (id, content) => post(`users/${id}/messages`, content);
export const press = (id, messageId, data) => post(`users/${id}/clicks`, { message_id: messageId, data });
export const block = (id, blocked) => post(`users/${id}/${blocked ? "block" : "unblock"}`);
