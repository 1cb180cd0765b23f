// The server's JSON interface. Every failure becomes a Problem with plain words; 401 leads to the sign-in page.
import { t } from './text.js';

export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail ? `${title}. ${detail}` : title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

async function call(path, options = {}, signInOn401 = true, read = response => response.json().catch(() => null)) {
  let response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...options });
  } catch {
    throw new Problem(0, t('common.notReachable'), t('common.mayBeOld'));
  }
  if (response.status === 401 && signInOn401) {
    const back = location.pathname + location.search + location.hash;
    location.assign(`/sign-in.html?back=${encodeURIComponent(back)}`);
    return new Promise(() => {});
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Problem(response.status, problem.title ?? t('common.answered', { status: response.status }), problem.detail);
  }
  return response.status === 204 ? null : read(response);
}

export const get = path => call(path);

export const send = (method, path, body, signInOn401 = true, headers = {}) => call(path, {
  method,
  headers: { 'X-MaritimeWatch': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
  body: body === undefined ? undefined : JSON.stringify(body),
}, signInOn401);

/** Sends CSV; the answer is what `accept` asks for: JSON, or CSV as text. */
export const sendCsv = (path, text, accept) => call(path, {
  method: 'POST', headers: { 'X-MaritimeWatch': '1', 'Content-Type': 'text/csv', Accept: accept }, body: text,
}, true, accept === 'text/csv' ? response => response.text() : undefined);
