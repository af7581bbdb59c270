import { messageOf } from '../client/errors.js';
import { stringMember } from '../client/json.js';

/**
 * The meanings of the system's error codes (https://nodejs.org/api/errors.html#common-system-errors), each
 * the end of a sentence.
 */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission.',
  EPERM: 'you have no permission.',
  ENOENT: 'there is no such file or folder.',
  ENOTDIR: 'a part of its path is a file, not a folder.',
  EISDIR: 'it is a folder. Name a file.',
  ENOSPC: 'the disk is full. Free some space, and run the same command again.',
  EROFS: 'the disk is read-only. Name a file elsewhere.',
  EMFILE: 'too many files are open.',
  ELOOP: 'its links form a loop.',
  ENAMETOOLONG: 'its name is too long.',
  EBUSY: 'another program uses it.',
};

/** Why the system could not do something with a file. */
export function systemReason(error: unknown): string {
  const code = stringMember(error, 'code');
  return (code === undefined ? undefined : reasons[code]) ?? `${messageOf(error)}.`;
}
