import { describe, expect, test } from '@jest/globals';
import { run, start } from './test-support.js';

/** The completions that bash offers for the last of these words. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await run(['completion', 'bash']);
  const list = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(hubspot-associations ${list}); COMP_CWORD=${String(words.length)}; _hubspot_associations; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const shell = start(['--norc', '-c', `${stdout}\n${ask}`], {}, 'bash');
  shell.child.stdin.end();
  const result = await shell.ended;
  expect(result.stderr).toBe('');
  return result.stdout.trimEnd().split('\n');
}

describe('completion, in bash', () => {
  test.each([
    [['cre'], ['create']],
    [['create', '--rej'], ['--rejects']],
    [['create', '--from', 'con'], ['contacts']],
    [['create', '--type', 'HUB'], ['HUBSPOT_DEFINED:']],
    [['types', 'compan'], ['companies']],
    [['create', 'package.j'], ['package.json']],
  ])('of %j offers %j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });
});

test('completion for zsh and fish contains every option, and another shell is refused', async () => {
  const [zsh, fish] = [await run(['completion', 'zsh']), await run(['completion', 'fish'])];
  expect(zsh.stdout).toMatch(/^autoload -U \+X bashcompinit.*\n_hubspot_associations\(\)/);
  expect(fish.stdout).toMatch(/__fish_seen_subcommand_from create' -l env-file -r -F -d '/);
  expect(await run(['completion', 'cmd'])).toMatchObject({ exitCode: 1, stderr: 'SHELL: name one of bash, zsh, fish, not cmd.\n' }); // prettier-ignore
});
