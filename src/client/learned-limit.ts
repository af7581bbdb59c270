/** How many requests a server accepts per window, as learned from its replies. Times are in milliseconds. */
export interface LearnedLimit {
  /** How many requests this client may have in a window. */
  at(now: number): number;
  /** After a refusal, nothing is sent before this time. */
  readonly pausedUntil: number;
  /** The minimum time between two requests. After a refusal the window is not filled in one burst. */
  distanceMs(now: number): number;
  /** Whether arrivals may be guessed: no recent refusal has shown that the guesses are too early. */
  guess(now: number): boolean;
  /** Notes the server's own limit, and how many requests other clients have spent. */
  spentByOthers(limit: number, requests: number, now: number): void;
  /** Notes the refusal of a request, and how many of this client's requests had been accepted by then. */
  refused(sentAt: number, accepted: number, now: number): void;
}

/** Requests in a burst may overtake one another, so a difference up to this share says nothing. */
const unclearShare = 0.03;

/** One burst of refusals may be a mistake, so it lowers the limit to no less than this share. */
const keptShare = 0.7;

/** A lowered limit recovers by this share per window. */
const recoveredShare = 0.03;

/** A second refusal in a row lowers the limit to at most this share. */
const repeatedShare = 0.9;

/**
 * The pause after a refusal, as a share of the window. It doubles with each further refusal, up to a whole
 * window.
 */
const pauseShare = 0.05;

/** For one window after a refusal, a burst is spread over this share of a window. */
const spreadShare = 0.25;

/** After a refusal no arrival is guessed for this many windows, and for twice as many after the next one. */
const distrustWindows = 5;

export function createLearnedLimit(limit: number, windowMs: number): LearnedLimit {
  const unclear = Math.max(1, Math.ceil(limit * unclearShare));
  let left = limit;
  let leftUntil = -Infinity;
  let accepted = limit;
  let lowestAccepted = 1;
  let refusedAt = -Infinity;
  let pausedUntil = -Infinity;
  let repetitions = 0;
  let guessFrom = -Infinity;
  let distrustMs = distrustWindows * windowMs;

  const afterRefusals = (now: number): number => {
    const windows = Math.floor((now - refusedAt) / windowMs);
    return accepted + windows * Math.max(1, Math.ceil(accepted * recoveredShare));
  };
  const at = (now: number): number => Math.max(1, Math.min(limit, now <= leftUntil ? left : limit, afterRefusals(now)));

  return {
    at,
    get pausedUntil() {
      return pausedUntil;
    },
    distanceMs: (now) => (now < refusedAt + windowMs ? (spreadShare * windowMs) / at(now) : 0),
    guess: (now) => now >= guessFrom,
    spentByOthers: (theirs, requests, now) => {
      const here = Math.min(limit, theirs - (requests > unclear ? requests : 0));
      // Keep the lowest value for a window and a half: other clients go on sending.
      if (here > left && now <= leftUntil) return;
      left = here;
      leftUntil = now + 1.5 * windowMs;
    },
    refused: (sentAt, acceptedThen, now) => {
      const before = Math.min(limit, afterRefusals(now));
      if (sentAt <= refusedAt) {
        accepted = Math.min(before, Math.max(acceptedThen, lowestAccepted));
      } else {
        repetitions = now < refusedAt + 2 * windowMs ? repetitions + 1 : 0;
        lowestAccepted = Math.floor(before * keptShare);
        const most = repetitions > 0 ? Math.floor(before * repeatedShare) : before;
        accepted = Math.min(most, Math.max(acceptedThen, lowestAccepted));
        pausedUntil = now + windowMs * Math.min(1, pauseShare * 2 ** repetitions);
        guessFrom = now + distrustMs;
        distrustMs *= 2;
        refusedAt = now;
      }
    },
  };
}
