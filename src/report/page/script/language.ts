/**
 * Where a system has no language, Chromium names one that its own `Intl` refuses, and uPlot asks for it as
 * soon as it is loaded. So this module comes first.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}

export {};
