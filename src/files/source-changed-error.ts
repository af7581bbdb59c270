import { StoppedError } from '../client/errors.js';

/** A file has changed since the run first read it. Nothing of the new content has been sent. */
export class SourceChangedError extends StoppedError {
  constructor(path: string) {
    const message = `${path} has changed since this run first read it. Nothing of the new content was sent. To finish the run, restore the original content and run the same command again; to send the new content, use another ledger.`;
    super(message, { reason: 'source' });
  }
}
