// Feed pills and the banners that say what is not being watched. A feed that is down is never shown as an empty sea.
import { el, byId } from './dom.js';
import { span, spaced, clock, day } from './words.js';
import { t, group, isolate } from './text.js';

const WORD = group('feed');

function skew(seconds) {
  const s = Math.round(Math.abs(seconds));
  return Math.abs(seconds) < 1 ? t('feeds.clockAgrees') : seconds > 0 ? t('feeds.clockBehind', { s }) : t('feeds.clockAhead', { s });
}

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
    const lines = watch.notWatched.map(said => ({ said }));
    if (watch.feeds.length === 0) lines.push({ text: t('feeds.none') });
    else if (watch.feeds.every(f => f.state === 'down')) lines.unshift({ text: t('feeds.allDown') });
    byId('not-watched').replaceChildren(...lines.map(line => el('li', line)));
    byId('not-watched-box').hidden = lines.length === 0;
    this.#tick();
  }

  #pill(f) {
    const detail = el('div', { class: 'pill-detail', role: 'note' },
      el('strong', { text: `${isolate(f.name)}: ${WORD[f.state]}` }),
      f.reason && el('p', { said: f.reason }),
      f.note && f.note !== f.reason && el('p', { said: f.note }),
      el('p', { 'data-age-of': f.lastMessageAt ?? '' }),
      el('p', { text: [f.messagesPerMinute === null ? t('feeds.noRate') : t('feeds.rate', { rate: spaced(f.messagesPerMinute) }), f.usualPerMinute === null ? t('feeds.noUsual') : t('feeds.usual', { rate: spaced(f.usualPerMinute) }), t('feeds.interval', { s: Math.round(f.usualIntervalSeconds) })].join('; ') }),
      el('p', { text: [t('feeds.rejected', { percent: (f.rejectedShare * 100).toFixed(1) }), f.skewSeconds !== null && skew(f.skewSeconds)].filter(Boolean).join('; ') }),
      f.stationsKnown > 0 && el('p', { text: t('feeds.stations', { lately: f.stationsLately, known: f.stationsKnown, cells: spaced(f.cells) }) }),
      el('p', { text: [t('feeds.lines', { lines: spaced(f.lines), accepted: spaced(f.accepted), duplicates: spaced(f.duplicates), rejected: spaced(f.rejected) }), f.lost > 0 && t('feeds.lost', { lost: spaced(f.lost) })].filter(Boolean).join('; ') }),
      f.outage && el('p', { said: f.outage }));
    return el('li', {}, el('button', { class: `feed-pill feed-${f.state}`, type: 'button', 'data-feed': f.name },
      el('i', { 'aria-hidden': 'true' }), el('span', { class: 'visually-hidden', text: t('feeds.feed') }), ' ', el('span', { class: 'feed-name', own: f.name }), ' ', el('em', { class: f.state === 'live' ? 'visually-hidden' : '', text: WORD[f.state] })), detail);
  }

  #tick() {
    const now = this.nowMs();
    byId('clock-time').textContent = clock(now);
    byId('clock-day').textContent = day(now);
    byId('clock').title = this.exercise ? t('feeds.exerciseTime') : t('feeds.localTime', { time: new Date(now).toLocaleTimeString() });
    byId('clock-zone').textContent = this.exercise ? `UTC ${t('common.exercise')}${this.#watch.speed !== 1 ? ` ×${this.#watch.speed}` : ''}` : 'UTC';
    for (const p of document.querySelectorAll('[data-age-of]')) {
      p.textContent = p.dataset.ageOf ? t('feeds.last', { span: span(now - Date.parse(p.dataset.ageOf)) }) : t('feeds.noMessage');
    }
  }
}
