import chromium from '@sparticuz/chromium';

// A process of its own, because the package decides by the variables that it finds when it is loaded.
console.log(await chromium.executablePath());
