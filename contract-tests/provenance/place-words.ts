/** A place in words, outermost first: `batchCreateAssociations`, `query parameter limit`, `minimum`. */
export function wordsFor([root = '', ...steps]: readonly string[]): string[] {
  if (root === 'operations') return operationWords(steps);
  if (root === 'components') return ['components', steps.join('.')];
  const isName = (step: string, index: number): boolean =>
    !['$schema', 'members'].includes(step) || (step === 'members' && index === steps.length - 1);
  return steps.filter(isName).map(unmarked);
}

function operationWords([operation = '', ...steps]: readonly string[]): string[] {
  const words = [operation];
  for (let index = 0; index < steps.length; index += 1) {
    const [step = '', name, inner] = steps.slice(index, index + 3);
    if (step === 'facts') continue;
    if (step === 'requestBody') words.push('request body');
    else if (step === '$beside') words.push('beside $ref');
    else if (step === 'parameters' && index === 0 && inner !== undefined) {
      words.push(`${String(name)} parameter ${inner}`);
      index += 2;
    } else if (step === 'examples' && name !== undefined) {
      const rest = steps.slice(index + 2);
      return [...words, `example ${name}`, ...(rest.length === 0 ? [] : [rest.join('.')])];
    } else if (step in kinds && name !== undefined) {
      words.push(`${String(Reflect.get(kinds, step))} ${name}`);
      index += 1;
    } else if (step !== 'members') words.push(unmarked(step));
  }
  return words;
}

const kinds = { responses: 'reply', headers: 'header', content: 'media type', exampleKeywords: 'example' };

function unmarked(step: string): string {
  return step.replace(/^\$(?=\w)/, '');
}

/** Whether a place only groups others, so that a message about it would not help. */
export function isGroup(place: readonly string[]): boolean {
  const [root, , third] = place;
  const [holder = '', last = ''] = place.slice(-2);
  if (last === '$beside') return true;
  if (root === 'schemas')
    return place.length === 3 ? last === '$schema' : ['items', 'members', 'values'].includes(last);
  if (root === 'api') return place.length === 2 && ['securitySchemes', 'paths'].includes(last);
  if (root !== 'operations' || place.length < 3) return place.length < 3 && root !== 'operations';
  if (third === 'parameters' && place.length < 5) return true;
  // JSON is the default, and a keyword of an example besides its value does not make the example new.
  return groups.has(last) || holder === 'exampleKeywords' || (holder === 'content' && last === 'application/json');
}

const groups = new Set(['content', 'exampleKeywords', 'examples', 'facts', 'headers', 'members', 'responses']);
