// Who has signed in can sign out on every page. Where the server did not hear it the page says so and stays.
import { el } from './dom.js';
import { send } from './api.js';

/** Makes a button that stands on the page the one to sign out with. */
export function signsOut(button) {
  const fault = el('span', { class: 'fault', role: 'alert' });
  button.after(fault);
  button.addEventListener('click', async () => {
    fault.textContent = '';
    try {
      await send('DELETE', '/api/session');
      location.assign('/sign-in.html');
    } catch (problem) { fault.textContent = problem.message; }
  });
}
