type Child = Node | string | undefined;

/** Makes an element. A text becomes a text node, so that nothing in it is markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The one element of the page that the selector finds. */
export function find<Name extends keyof HTMLElementTagNameMap>(name: Name, selector = ''): HTMLElementTagNameMap[Name] {
  const found = document.querySelector<HTMLElementTagNameMap[Name]>(`${name}${selector}`);
  if (found === null) throw new Error(`The page has no ${name}${selector}.`);
  return found;
}
