/** What a server takes within a window, as far as its replies have shown. Times are in milliseconds. */
export interface LearnedLimit {
  /** How many requests of this client may be in a window. */
  at(now: number): number;
  /** After a refusal, not before this time. */
  readonly pausedUntil: number;
  /** The least time between two requests: a window that has just been exceeded is not filled in a burst. */
  distanceMs(now: number): number;
  /** Whether no refusal has shown lately that arrivals are guessed too early. */
  guess(now: number): boolean;
  /** The server's own limit is so many, and others than this client have spent so many of it. */
  spentByOthers(limit: number, requests: number, now: number): void;
  /** A request that was sent at this time was refused when so many of this client had been accepted. */
  refused(sentAt: number, accepted: number, now: number): void;
}

/** Within a burst a few may overtake one another, so a small difference says nothing. */
const unclearShare = 0.03;

/** One burst of refusals may be a mistake, so it lowers the limit to no less than this share of it. */
const keptShare = 0.7;

/** A limit that was lowered is tried again little by little, in each window by this share. */
const recoveredShare = 0.03;

/** What is sent after a refusal, and refused again, lowers the limit at least to this share. */
const repeatedShare = 0.9;

/** The pause after a refusal, as a share of the window. It doubles with each refusal that follows, up to a window. */
const pauseShare = 0.05;

/** For a window after a refusal, what may be sent at once is spread over this share of a window. */
const spreadShare = 0.25;

/** After a refusal no arrival is guessed for so many windows, and for twice as many after the next one. */
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
      // The least of a window and a half holds: other clients keep spending.
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
