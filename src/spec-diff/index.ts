export { compareDescriptions, type CompareOptions } from './compare-descriptions.js';
export { describeDrift, type Drift } from './drift.js';
export { DescriptionError } from './description.js';
export { severities, type Direction, type Finding, type Place, type Severity } from './finding.js';
export { readSource, SourceError, type Source } from './source.js';
