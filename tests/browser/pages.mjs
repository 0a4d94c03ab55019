// pages.mjs - every page of the desk, as the made-up search of tools/demo shows it.
//
// One list for the checks and for the screenshots.  A page has a name and a path; a page that is only there after
// something was done has its own story in a test file.
const pages = list => list.map(([name, path]) => ({name, path}));

export const PAGES = pages([
	['today', '/'],
	['opportunity', '/o/1'],
	['opportunity-waiting', '/o/2'],
	['opportunity-said-no', '/o/4'],
	['person', '/o/1/people/finn'],
	['interview', '/o/1/interview/panel'],
	['another-interview', '/o/1/interview'],
	['call', '/o/2/call/chen'],
	['debrief', '/o/1/debrief'],
	['no-debrief-yet', '/o/3/debrief'],
	['write', '/o/1/write'],
	['write-one', '/o/2/write?step=check-in'],
	['write-none', '/o/6/write'],
	['rule', '/rules/missing-specific'],
	['new', '/new'],
	['inbox', '/inbox'],
	['board', '/board'],
	['people', '/people'],
	['calendar', '/calendar'],
	['playbooks', '/playbooks'],
	['playbook', '/playbooks/standard'],
	['numbers', '/numbers'],
	['compare', '/compare?one=standard&other=morning-after'],
	['search', '/search?words=forecast'],
	['settings', '/settings'],
	['access', '/settings/access'],
	['import', '/import'],
	['commands', '/do'],
	['form', '/do/interview'],
	['form-filled', '/do/reply?opportunity=globex&person=finn'],
	['nothing-here', '/no/such/page'],
]);

// A desk that nothing was typed into yet.
export const EMPTY_PAGES = pages([
	['empty-today', '/'],
	['empty-inbox', '/inbox'],
	['empty-board', '/board'],
	['empty-people', '/people'],
	['empty-calendar', '/calendar'],
	['empty-settings', '/settings'],
	['empty-numbers', '/numbers'],
	['empty-search', '/search?words=nothing'],
	['empty-playbooks', '/playbooks'],
]);
