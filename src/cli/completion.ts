import { ConfigurationError } from '../client/errors.js';
import { defineCommand, type Command, type Commands } from './command.js';
import { exitCodes } from './exit-codes.js';
import { nameOf } from './option.js';
import { print } from './print.js';

const program = 'hubspot-associations';

const shells: Readonly<Record<string, (commands: readonly Named[]) => string[]>> = {
  bash: bashScript,
  zsh: (commands) => ['autoload -U +X bashcompinit && bashcompinit', ...bashScript(commands)],
  fish: fishScript,
};

const names = Object.keys(shells);

export const completionCommand = defineCommand(
  {
    usage: 'bash|zsh|fish',
    about: 'Prints a script that makes a shell complete commands, options, object types and files.',
    operands: [{ name: 'SHELL', missing: `name the shell: ${names.join(', ')}.`, complete: names }],
    options: {},
    examples: [
      { command: 'completion bash >> ~/.bashrc', meaning: 'For bash; for zsh the same, with ~/.zshrc.' },
      { command: 'completion fish > ~/.config/fish/completions/hubspot-associations.fish', meaning: 'For fish.' },
    ],
  },
  async (_, [shell = ''], { commands }) => {
    const script = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
    if (script === undefined) throw new ConfigurationError('SHELL', `name one of ${names.join(', ')}, not ${shell}.`);
    print(process.stdout, ...script(await loadAll(commands)));
    return exitCodes.allCreated;
  },
);

interface Named {
  readonly name: string;
  readonly summary: string;
  readonly command: Command;
}

function loadAll(commands: Commands): Promise<Named[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { summary, load }]) => ({ name, summary, command: await load() })),
  );
}

function bashScript(commands: readonly Named[]): string[] {
  const words = (list: readonly string[]): string => `COMPREPLY=($(compgen -W '${list.join(' ')}' -- "$cur"))`;
  const choices = (complete: 'file' | readonly string[] | undefined): string =>
    complete === 'file' ? 'COMPREPLY=($(compgen -f -- "$cur"))' : words(complete ?? []);
  const values = commands.flatMap(({ name, command }) =>
    Object.entries(command.options)
      .filter(([, { value }]) => value !== undefined)
      .map(([key, option]) => `    '${name} ${nameOf(key, option)}') ${choices(option.complete)}; return ;;`),
  );
  const rest = commands.map(({ name, command }) => {
    const options = [...Object.entries(command.options).map(([key, option]) => nameOf(key, option)), '--help'];
    const [operand] = command.operands;
    return `    ${name}) if [[ "$cur" == -* ]]; then ${words(options)}; else ${choices(operand?.complete)}; fi ;;`;
  });
  return [
    '_hubspot_associations() {',
    '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" command="${COMP_WORDS[1]}"',
    `  if (( COMP_CWORD == 1 )); then ${words([...commands.map(({ name }) => name), '--help', '--version'])}; return; fi`,
    '  case "$command $prev" in',
    ...values,
    '  esac',
    '  case "$command" in',
    ...rest,
    '  esac',
    '}',
    `complete -o filenames -F _hubspot_associations ${program}`,
  ];
}

function fishScript(commands: readonly Named[]): string[] {
  const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
  const choices = (complete: 'file' | readonly string[] | undefined): string =>
    complete === 'file' ? ' -r -F' : complete === undefined ? ' -x' : ` -x -a ${quoted(complete.join(' '))}`;
  return commands.flatMap(({ name, summary, command }) => {
    const seen = `complete -c ${program} -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    const [operand] = command.operands;
    return [
      `complete -c ${program} -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
      ...(operand === undefined ? [] : [`${seen}${operand.complete === 'file' ? ' -F' : choices(operand.complete)}`]),
      ...Object.entries(command.options).map(([key, option]) => {
        const value = option.value === undefined ? '' : choices(option.complete);
        return `${seen} -l ${nameOf(key, option).slice(2)}${value} -d ${quoted(option.help)}`;
      }),
    ];
  });
}
