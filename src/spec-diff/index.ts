export { applyApprovals, ApprovalsError, readApprovals, type Approval, type JudgedFinding } from './approvals.js';
export { rules } from './rules.js';
export { compareDescriptions, type CompareOptions } from './compare-descriptions.js';
export { describeDrift, type Drift } from './drift.js';
export { worstFirst } from './describe.js';
export {
  child,
  children,
  DescriptionError,
  follow,
  readDescription,
  type Description,
  type Node,
} from './description.js';
export { severities, type Direction, type Finding, type Place, type Severity } from './finding.js';
export { operationsOf, pairOperations, type Operation } from './operations.js';
export { markdownOf, reportOf, textOf, type Report } from './report.js';
export { readSource, SourceError, type Source } from './source.js';
export { nextVersion, versionStepFor } from './verdict.js';
