// test-programs.mjs - what other programs meet: the API's description, held by a validator of OpenAPI, and the Model Context
// Protocol, spoken by its public client.  No page is opened here.
import assert from 'node:assert/strict';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';

import {Home, modules} from './desk.mjs';

const home = new Home();
const PROGRAM = path.resolve(process.env.FOLLOWUP ?? 'build-test/followup');

before(() => {
	home.run(['config', 'me', '--name', 'Ana Reyes', '--email', 'ana@example.net', '--skill', 'SQL', '--zone', 'America/Phoenix']);
	home.run(['interview', 'Globex', '2026-11-17T10:00', '--position', 'Data analyst', '--with', 'Huck Finn <finn@globex.example>, hiring-manager']);
	home.run(['people', 'globex', 'finn', '--salutation', 'Mr. Finn']);
	home.run(['debrief', 'globex', '--topic', 'finn: moving the forecast off spreadsheets', '--fit', 'five years of SQL in a team of three']);
});
after(() => home.remove());

describe('the API describes itself', () => {
	let described, cookie;

	before(async () => {
		await home.open();
		const entered = await fetch(home.link, {redirect: 'manual'});
		cookie = entered.headers.get('set-cookie').split(';')[0];
		described = await (await fetch(`${home.url}/api/v1/openapi.json`, {headers: {cookie}})).json();
	});
	after(() => home.close());

	test('in OpenAPI 3.1, by its published schema', async () => {
		const {Validator} = await import(pathToFileURL(modules.resolve('@seriousme/openapi-schema-validator')));
		const validator = new Validator();
		const found = await validator.validate(structuredClone(described));
		assert.deepEqual(found.errors ?? [], []);
		assert.equal(found.valid, true);
		assert.equal(validator.version, '3.1');
	});

	test('with parameters that are JSON Schema, and examples that fit them', () => {
		const Ajv = modules('ajv/dist/2020.js').default;
		const ajv = new Ajv({strict: true, allowUnionTypes: true});
		let examples = 0;
		for (const [place, item] of Object.entries(described.paths)) {
			const {schema, examples: given} = item.post.requestBody.content['application/json'];
			const fits = ajv.compile(schema);
			for (const example of Object.values(given)) {
				examples++;
				assert.ok(fits(example.value), `${place}, ${example.summary}: ${ajv.errorsText(fits.errors)}`);
			}
			assert.ok(!fits({'nobody-knows': 1}), place);
		}
		assert.ok(examples > 40, `${examples} examples`);
	});

	test('and gets asked by what it says', async () => {
		for (const [place, item] of Object.entries(described.paths)) {
			if (!item.get || item.get.parameters.some(parameter => parameter.required))
				continue;
			const answer = await fetch(`${home.url}/api/v1${place}`, {headers: {cookie}});
			const said = await answer.text();
			assert.ok(String(answer.status) in item.get.responses, `${place}: ${answer.status} ${said.slice(0, 300)}`);
		}
	});
});

describe('the Model Context Protocol', () => {
	const {Client} = modules('@modelcontextprotocol/sdk/client/index.js');
	const {StdioClientTransport} = modules('@modelcontextprotocol/sdk/client/stdio.js');
	let client, transport, told = '';

	before(async () => {
		transport = new StdioClientTransport({command: PROGRAM, args: home.words(['mcp']), env: home.env, cwd: home.folder, stderr: 'pipe'});
		transport.stderr.on('data', data => { told += data; });
		client = new Client({name: 'followup-tests', version: '1.0.0'});
		await client.connect(transport);
	});
	after(async () => {
		await client.close();
		assert.ok(!/Sanitizer|runtime error|CRITICAL/.test(told), told);
	});

	test('says who it is', async () => {
		assert.equal(client.getServerVersion().name, 'followup');
		assert.match(client.getInstructions(), /a person approves/);
		assert.deepEqual(await client.ping(), {});
	});

	test('lists tools with schemas, and none that approves or sends', async () => {
		const {tools} = await client.listTools();
		const names = tools.map(tool => tool.name);
		for (const name of ['today', 'show', 'interview', 'debrief', 'draft', 'edit', 'review', 'log', 'reply', 'plan'])
			assert.ok(names.includes(name), name);
		for (const name of ['approve', 'send', 'deliver', 'settle', 'delete', 'serve', 'desk', 'mcp', 'backup', 'remind', 'access'])
			assert.ok(!names.includes(name), name);
		const Ajv = modules('ajv/dist/2020.js').default;
		const ajv = new Ajv({strict: true, allowUnionTypes: true});
		for (const tool of tools)
			ajv.compile(tool.inputSchema);
		assert.match(tools.find(tool => tool.name === 'draft').description, /only after a person has approved/);
		assert.equal(tools.find(tool => tool.name === 'today').annotations.readOnlyHint, true);
		assert.equal(tools.find(tool => tool.name === 'draft').annotations.readOnlyHint, false);
	});

	test('reads, records and drafts', async () => {
		const today = await client.callTool({name: 'today', arguments: {}});
		assert.equal(today.isError, false);
		assert.deepEqual(JSON.parse(today.content[0].text), today.structuredContent);
		assert.deepEqual(today.structuredContent, home.json(['today']));
		const recorded = await client.callTool({name: 'promise', arguments: {opportunity: 'globex', 'decision-by': 'fri'}});
		assert.equal(recorded.isError, false, recorded.content[0].text);
		assert.match(home.run(['show', 'globex', '--format', 'json']), /2026-11-20/);
		const draft = await client.callTool({name: 'draft', arguments: {opportunity: 'globex', person: 'finn', step: 'thank-you', channel: 'email'}});
		assert.equal(draft.isError, false, draft.content[0].text);
		const edited = await client.callTool({name: 'edit', arguments: {opportunity: 'globex', person: 'finn', step: 'thank-you', channel: 'email',
			text: 'Subject: Thank you\n\nDear Mr. Finn,\n\nThank you for the talk about the forecast.\n\nAna Reyes\n'}});
		assert.equal(edited.isError, false, edited.content[0].text);
		const left = home.json(['today']).left ?? [];
		assert.deepEqual(left, [], 'nothing has left');
	});

	test('tells what failed, so that it can be asked better', async () => {
		const wrong = await client.callTool({name: 'show', arguments: {oportunity: 'globex'}});
		assert.equal(wrong.isError, true);
		assert.match(wrong.content[0].text, /oportunity/);
		assert.equal(wrong.structuredContent.error.code, 'invalid');
		const decided = await client.callTool({name: 'config', arguments: {topic: 'mail', 'no-probe': true, host: 'mail.example.net'}});
		assert.equal(decided.isError, true);
		assert.match(decided.content[0].text, /a person/);
		for (const name of ['approve', 'send', 'delete'])
			await assert.rejects(client.callTool({name, arguments: {opportunity: 'globex'}}), /no such tool/, name);
	});

	test('gives documents', async () => {
		const card = await client.callTool({name: 'card', arguments: {opportunity: 'globex', person: 'finn', anyway: true}});
		if (card.isError)
			assert.match(card.content[0].text, /address/);
		const events = await client.callTool({name: 'calendar', arguments: {}});
		assert.match(events.content[0].text, /^BEGIN:VCALENDAR/);
		const call = await client.callTool({name: 'call', arguments: {opportunity: 'globex', pdf: true}});
		assert.equal(call.content[0].type, 'resource', JSON.stringify(call).slice(0, 300));
		assert.equal(Buffer.from(call.content[0].resource.blob, 'base64').subarray(0, 4).toString(), '%PDF');
	});
});
