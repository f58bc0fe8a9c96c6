// What the server gave the page, and the way back to it.
export const $ = (selector, root = document) => root.querySelector(selector);
export const { as, in: here } = document.body.dataset;
export const { help, people, sayings, zones } = JSON.parse($("#given").textContent);

export async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { ok: answer.ok, status: answer.status, ...(await answer.json()) };
}
