/** The first line of every generated source file. */
export const banner = '// Written by `npm run generate` from openapi/. Edits are lost: change the spec instead.\n';
