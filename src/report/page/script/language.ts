/**
 * On a system without a language, Chromium reports one that its own `Intl` refuses. uPlot uses it as soon
 * as it is loaded, so this module must be imported first.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}

export {};
