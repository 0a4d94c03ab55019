// pages.mjs - every page of the desk, as the made-up search of tools/demo shows it.
//
// One list for the checks and for the screenshots.  A page has a name and a path; a page that is only there after
// something was done has its own story in a test file.
const pages = list => list.map(([name, path]) => ({name, path}));

export const PAGES = pages([
	['today', '/'],
	['commands', '/do'],
	['form', '/do/interview'],
	['form-filled', '/do/reply?opportunity=globex&person=finn'],
	['nothing-here', '/no/such/page'],
]);

// A desk that nothing was typed into yet.
export const EMPTY_PAGES = pages([
	['empty-today', '/'],
]);
