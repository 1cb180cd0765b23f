// Feed pills and the banners that say what is not being watched. A feed that is down is never shown as an empty sea.
import { el, byId } from './dom.js';
import { span, spaced, clock, day } from './words.js';

const WORD = { live: 'live', late: 'late', degraded: 'degraded', down: 'down', finished: 'finished' };

export class FeedBar {
  #watch = null;

  constructor(nowMs) {
    this.nowMs = nowMs;
    setInterval(() => this.#tick(), 1000);
  }

  get exercise() { return Boolean(this.#watch?.exercise); }
  get names() { return (this.#watch?.feeds ?? []).map(f => f.name); }

  take(watch) {
    this.#watch = watch;
    document.documentElement.toggleAttribute('data-exercise', watch.exercise);
    byId('exercise').hidden = !watch.exercise;
    byId('feeds').replaceChildren(...watch.feeds.map(f => this.#pill(f)));
    const lines = [...watch.notWatched];
    if (watch.feeds.length === 0) lines.push('No feed is set up: nothing is being watched. Ships may be there and not be shown.');
    else if (watch.feeds.every(f => f.state === 'down')) lines.unshift('All feeds are down. The sea is not empty: nothing is being heard.');
    byId('not-watched').replaceChildren(...lines.map(text => el('li', { text })));
    byId('not-watched-box').hidden = lines.length === 0;
    this.#tick();
  }

  #pill(f) {
    const detail = el('div', { class: 'pill-detail', role: 'note' },
      el('strong', { text: `${f.name}: ${WORD[f.state]}` }),
      f.reason && el('p', { text: f.reason }),
      f.note && f.note !== f.reason && el('p', { text: f.note }),
      el('p', { 'data-age-of': f.lastMessageAt ?? '' }),
      el('p', { text: `${f.messagesPerMinute === null ? 'Rate not known yet' : `${spaced(Math.round(f.messagesPerMinute))} messages a minute`}, usual at this hour ${f.usualPerMinute === null ? 'not known yet' : spaced(Math.round(f.usualPerMinute))}; usually something within ${Math.round(f.usualIntervalSeconds)} s` }),
      el('p', { text: `${(f.rejectedShare * 100).toFixed(1)} % of the last ten minutes' lines rejected${f.skewSeconds === null ? '' : `; its clock ${Math.abs(f.skewSeconds) < 1 ? 'agrees with ours' : `is ${Math.round(Math.abs(f.skewSeconds))} s ${f.skewSeconds > 0 ? 'behind' : 'ahead of'} ours`}`}` }),
      f.stationsKnown > 0 && el('p', { text: `${f.stationsLately} of ${f.stationsKnown} stations heard in the last ten minutes; ${spaced(f.cells)} cells served` }),
      el('p', { text: `${spaced(f.lines)} lines: ${spaced(f.accepted)} accepted, ${spaced(f.duplicates)} double, ${spaced(f.rejected)} rejected${f.lost > 0 ? `, and ${spaced(f.lost)} lost before they reached the watch` : ''}` }),
      f.outage && el('p', { text: f.outage }));
    return el('li', {}, el('button', { class: `feed-pill feed-${f.state}`, type: 'button', 'data-feed': f.name, 'aria-label': `Feed ${f.name}, ${WORD[f.state]}` },
      el('i', { 'aria-hidden': 'true' }), el('span', { text: f.name }), f.state !== 'live' && el('em', { text: WORD[f.state] })), detail);
  }

  #tick() {
    const now = this.nowMs();
    byId('clock-time').textContent = clock(now);
    byId('clock-day').textContent = day(now);
    byId('clock').title = this.exercise ? 'Exercise time, not the time of day' : `Local time ${new Date(now).toLocaleTimeString()}`;
    byId('clock-zone').textContent = this.exercise ? `UTC EXERCISE${this.#watch.speed !== 1 ? ` ×${this.#watch.speed}` : ''}` : 'UTC';
    for (const p of document.querySelectorAll('[data-age-of]')) {
      p.textContent = p.dataset.ageOf ? `Last message ${span(now - Date.parse(p.dataset.ageOf))} ago` : 'No message yet';
    }
  }
}
