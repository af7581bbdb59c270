export { checkMock } from './check-mock.js';
export { findingsInUse, type ContractFinding, type FindingInUse, type Use } from './findings-in-use.js';
export { contractMatchers, type ContractMatchers, type OperationId } from './matchers.js';
export { probe, type CheckResult } from './probe.js';
export { probeVariables, readProbeSettings, simulatedProbe, type ProbeSettings } from './probe-settings.js';
export { probedOperation, probeSteps, type Fetch, type ProbeStep } from './probe-steps.js';
export { packagedSpec, startMock, type Mock, type MockOptions } from './start-mock.js';
