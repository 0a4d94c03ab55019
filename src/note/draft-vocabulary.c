/* draft-vocabulary.c - the words themselves.
 *
 * A group is one text with a bar before and after each entry, so that a search for "|word|" finds whole entries only.
 */
#include "draft-vocabulary.h"

#include <glib.h>
#include <string.h>

/* clang-format off */
#define SUBJECT \
	"|i|we|they|he|she|it|you|there|i'm|i've|i'd|i'll|we're|we've|we'd|we'll|they're|they've|they'd|they'll|he's|" \
	"she's|it's|you're|you've|you'd|you'll|there's|everyone|everybody|someone|nobody|that's|"

#define DETERMINER \
	"|the|a|an|our|my|your|their|his|her|its|this|these|those|both|all|each|every|some|any|no|more|most|several|" \
	"many|few|two|three|four|five|six|seven|eight|nine|ten|one|another|such|"

#define CLAUSE \
	"|how|what|why|whether|where|when|which|who|"

#define BEFORE \
	"|in|on|at|for|with|from|to|by|of|after|before|during|under|into|because|if|as|like|since|while|not|never|" \
	"maybe|also|only|very|too|so|but|and|"

#define AFTER_HEAD \
	"|that|which|who|whose|where|when|of|with|without|in|for|to|on|at|from|by|and|or|as|about|between|into|under|" \
	"over|during|after|before|behind|across|i|we|you|that's|who's|vs|versus|than|per|via|within|"

#define OPENING \
	"|the|way|reason|everything|things|much|work|"

#define VERB \
	"|was|were|am|is|are|had|have|has|did|didn't|can|could|couldn't|gave|told|built|led|said|got|made|ran|wrote|" \
	"took|won|taught|spent|kept|knew|went|grew|held|felt|saw|met|sold|found|brought|began|became|spoke|forgot|speak|" \
	"know|like|love|enjoy|want|prefer|used|liked|left|lost|paid|read|sent|set|shook|showed|stood|thought|understood|" \
	"wore|"

#define NOT_PAST \
	"|shared|advanced|distributed|automated|applied|detailed|limited|unlimited|embedded|dedicated|experienced|" \
	"skilled|based|related|unified|integrated|connected|educated|hundred|united|mixed|fixed|managed|proposed|" \
	"planned|relaxed|motivated|talented|diversified|balanced|structured|unstructured|supervised|unsupervised|" \
	"so-called|complicated|combined|targeted|federated|nested|red|certified|improved|increased|recommended|required|" \
	"desired|used|trained|qualified|licensed|interested|excited|focused|"

#define NOT_DOING \
	"|thing|something|anything|everything|nothing|morning|evening|spring|string|during|bring|ceiling|amazing|" \
	"interesting|exciting|outstanding|challenging|growing|existing|upcoming|willing|welcoming|encouraging|inspiring|" \
	"caring|demanding|ongoing|leading-edge|pricing-free|king|"

#define NOT_PLURAL \
	"|this|does|always|perhaps|things|analysis|business|process|across|news|sometimes|plus|focus|status|sales|" \
	"less|serious|various|previous|ships|works|needs|wants|means|"

#define FINITE \
	"|is|are|was|were|has|have|had|can|will|would|should|could|isn't|aren't|does|did|don't|doesn't|went|seems|" \
	"seemed|feels|felt|wants|needs|cares|matters|comes|came|ships|works|helps|listens|learns|shares|meets|grows|" \
	"owns|builds|thinks|trusts|respects|gives|takes|makes|knows|gets|goes|sees|keeps|lets|tries|says|hires|teaches|" \
	"means|sounds|likes|loves|runs|writes|speaks|asks|became|began|grew|moved|left|made|helped|changed|turned|got|" \
	"took|gave|kept|ran|said|told|wanted|needed|worked|started|stopped|"

#define PLURAL_VERB \
	"|come|ship|use|write|listen|learn|help|share|meet|start|run|grow|own|build|move|think|respect|give|take|make|" \
	"know|look|get|go|see|find|feel|keep|let|try|put|do|say|hire|teach|train|want|like|love|care|matter|speak|read|" \
	"ask|decide|choose|stay|live|drive|eat|play|win|lose|buy|sell|pay|send|bring|hold|stand|sit|stop|begin|enjoy|" \
	"prefer|rotate|plan|need|"

#define SORE \
	"|left|leaving|leave|fired|quit|quitting|resigned|dismissed|redundancy|gap|gaps|salary|pay|wage|money|" \
	"nervous|nerves|nervousness|weak|weakness|weaknesses|lack|lacking|missing|not|no|never|too|bad|badly|poor|" \
	"poorly|late|wrong|mistake|mistakes|failed|failing|failure|rambled|rambling|forgot|vague|unclear|confused|" \
	"blank|stumbled|slow|boring|illness|ill|sick|divorce|age|children|pregnancy|conflict|argument|boss|"

#define COUNTED \
	"|mission|product|codebase|role|position|way|sense|mix|process|project|plan|strategy|manager|roadmap|schedule|" \
	"approach|commitment|question|answer|case|exercise|challenge|problem|model|system|pipeline|dashboard|platform|" \
	"architecture|migration|launch|budget|structure|report|tool|task|timeline|interview|presentation|example|story|" \
	"idea|stack|database|warehouse|library|framework|outage|incident|review|workflow|backlog|release|redesign|" \
	"reorganisation|reorganization|merger|acquisition|move|switch|shift|app|website|campaign|forecast|survey|study|" \
	"experiment|handover|transition|rota|policy|relocation|integration|lack|use|future|balance|rollout|handoff|" \
	"vision|curriculum|site|layout|interface|funnel|pitch|deck|brand|contract|grant|audit|tender|chain|network|" \
	"reorg|rebrand|programme|program|course|internship|thesis|paper|book|talk|podcast|film|scope|origin|state|" \
	"number|rate|ratio|rise|amount|feasibility|failure|choice|decision|train|deadline|portfolio|demo|lesson|"

#define SETTING \
	"|team|company|group|place|office|culture|environment|atmosphere|community|department|business|startup|" \
	"workplace|lab|school|agency|studio|firm|ward|clinic|hospital|classroom|kitchen|workshop|practice|library|" \
	"newsroom|unit|plant|shop|store|restaurant|setting|"

#define COMMON \
	"|access|accessibility|account|accounting|accounts|accuracy|advocacy|agencies|agency|agile|agreed|alert|alerts|" \
	"algorithm|algorithms|analysis|analyst|analysts|analytics|animals|annual|answers|app|apprentices|apps|" \
	"architecture|art|artificial|audit|audits|automated|automation|autonomy|autumn|available|average|back-end|" \
	"background|backlog|backlogs|backup|backups|baking|bank|banks|baseball|basic|basketball|batch|batteries|battery|" \
	"beginners|beginning|behavior|behaviour|benefits|best|better|bias|big|billing|biology|books|boss|both|branches|" \
	"brand|branding|brands|breakfast|bridge|budget|budgets|bug|bugs|building|buildings|burnout|business|businesses|" \
	"busy|caching|call|calls|calm|care|career|careers|careful|case|cases|cash|cats|challenge|challenges|change|" \
	"changes|chemistry|chess|child|children|churn|cities|city|claim|claims|class|classes|classroom|clear|client|" \
	"clients|climate|climbing|clinical|close|closing|cloud|coaching|code|coding|coffee|collaboration|collaborative|" \
	"colleague|colleagues|color|colors|colour|colours|common|communication|commute|commuting|companies|company|" \
	"compared|competition|competitor|competitors|complaints|compliance|consolidation|constructive|containers|" \
	"content|contract|contracts|controls|cooking|copy|core|cost|costs|countries|country|court|covered|creative|" \
	"credit|critical|cross-functional|culture|curious|curriculum|customer|customers|customers-first|cycling|daily|" \
	"dashboard|dashboards|data|database|databases|day|day-to-day|days|debugging|deliveries|delivery|demand|demos|" \
	"deployment|deployments|deploys|design|designer|designers|desk|developer|developers|different|difficult|digital|" \
	"dinner|direct|discharge|discussed|diverse|diversity|doctor|doctors|dogs|donor|donors|downtime|driver|drivers|" \
	"early|easy|editorial|education|email|emails|employee|employees|end|end-to-end|ended|energy|engineer|engineers|" \
	"equality|error|errors|escalations|estimates|estimation|ethics|evening|evenings|event|events|everything|exam|" \
	"exams|excellent|exciting|experience|external|factories|factory|fair|fairness|families|family|family-friendly|" \
	"fast|feature|features|feedback|figure|figures|file|files|film|films|finance|financial|first|fishing|flat|fleet|" \
	"flexibility|flexible|fluent|focus|food|football|forecast|forecasting|forecasts|form|formal|forms|found|fraud|" \
	"freight|frequent|friendly|front-end|full-stack|full-time|funding|fundraising|funnel|future|game|games|garden|" \
	"gardening|general|global|goal|goals|golf|good|good-humoured|got|government|graduates|grant|grants|great|green|" \
	"grid|growing|growth|guests|had|half|handoff|handoffs|handover|hands|hands-on|hard|hardware|health|healthy|" \
	"helpful|high|hiking|hiring|history|holiday|holidays|home|honest|honesty|hour|hours|house|human|humor|humour|" \
	"hybrid|ideas|image|images|impact|important|incident|incidents|inclusion|independent|indexes|indirect|" \
	"individual|industries|industry|informal|infrastructure|innovative|insurance|integration|integrations|" \
	"interesting|interface|interfaces|internal|international|interns|interviews|inventory|invoice|invoices|" \
	"invoicing|issue|issues|job|jobs|joint|juniors|key|kind|kindness|kitchen|language|languages|large|last|late|" \
	"latency|laughed|launch|launches|law|layout|leader|leaders|lean|learning|legacy|legal|lesson|lessons|letter|" \
	"letters|library|life|line|lines|literacy|load-testing|loan|loans|local|local-first|logging|logistics|long|" \
	"long-term|looked|low|low-code|low-key|lunch|machine|machines|main|making|manager|managers|manual|map|maps|" \
	"margin|margins|market|marketing|markets|math|maths|media|medical|medicine|meeting|meetings|member|members|" \
	"mental|mentoring|menu|menus|met|metric|metrics|microservices|migration|migrations|mission|mixed|mobile|model|" \
	"models|modern|money|monitoring|monolith|monoliths|month|month-end|monthly|months|morning|mornings|moving|" \
	"museum|music|mutual|nature|negative|network|networks|new|newcomers|next|nice|night|night-time|nights|no-code|" \
	"no-nonsense|normal|number|numbers|numeracy|nurse|nurses|nursing|observability|office|offices|offsite|old|" \
	"on-call|onboarding|one-on-one|one-to-one|onsite|open|open-source|openness|operations|order|orders|organic|" \
	"outages|outreach|overtime|ownership|page|pages|pair|paper|papers|parent|parenting|parents|part-time|" \
	"part-timers|particular|partner|partners|passengers|passwords|past|patient|patient-centred|patients|payroll|" \
	"peer|people|performance|permissions|personal|personas|phone|phonics|photo|photography|photos|physics|pipeline|" \
	"pipelines|planning|plans|plant|plants|platform|platforms|policies|policy|positive|postmortems|practical|press|" \
	"price|prices|pricing|print|privacy|private|problem|problems|process|procurement|product|products|profit|" \
	"project|projects|promotion|promotions|prototypes|prototyping|public|pupil|pupils|quality|quarterly|queries|" \
	"question|questions|queues|quick|quiet|rapport|rare|reading|real|real-time|realtime|record|records|recruiting|" \
	"recruitment|refactoring|refunds|region|regions|regression|regular|relaxed|release|releases|reliability|" \
	"relocation|remote|report|reporting|reports|research|reserves|residents|respect|responsibility|result|results|" \
	"retention|retros|retrospectives|returns|revenue|reviewed|risk|risks|road|roadmap|roads|rollout|rollouts|room|" \
	"rooms|rota|rotas|route|routes|rugby|running|safeguarding|safety|sailing|salary|sales|same|scaling|scheduling|" \
	"schema|schemas|search|seasonality|second|security|seniors|server|servers|service|services|share|shared|shift|" \
	"shifts|shop|shops|short|short-staffed|short-term|similar|simple|site|sites|skiing|skills|slow|small|soccer|" \
	"social|software|solar|solid|solved|something|sound|sourcing|speaking|special|spent|spoke|sport|sports|" \
	"spreadsheet|spreadsheets|spring|sprint|sprints|stable|stack|staff|staffing|stakeholder|stakeholders|stand-up|" \
	"stand-ups|standups|start|started|startup|startups|statistics|steady|stock|stockouts|store|stores|stories|story|" \
	"streaming|strength|strengths|strong|student|students|summer|supplier|suppliers|supply|support|surveys|" \
	"sustainable|swimming|system|systems|table|tables|talent|talked|target|targets|tax|taxes|tea|teacher|teachers|" \
	"teaching|team|teams|teamwork|tech|technical|technologies|technology|tenants|tenders|tennis|test|testing|tests|" \
	"text|texts|things|third|tickets|time|tool|tools|topic|topics|total|touched|town|towns|traditional|trainees|" \
	"translation|travel|triage|truck|trucks|trust|tuning|turnover|typical|typography|understaffed|underwriting|unit|" \
	"uptime|usability|useful|user|user-friendly|users|values|vendor|vendors|version|versions|video|videos|village|" \
	"villages|vision|visit|visiting|visitors|visits|voice|volunteer|volunteering|volunteers|walked|ward|warehouse|" \
	"warehouses|warehousing|warm|waste|water|ways|weakness|weaknesses|weather|web|web-based|website|websites|week|" \
	"weekend|weekends|weekly|weeks|well-being|well-organised|well-run|wellbeing|went|whole|wind|winter|wireframes|" \
	"word|words|work|work-life|worked|worker|workers|world|writing|year|year-end|years|"

#define NAMES \
	"|notion|unity|confluence|trinity|serenity|infinity|august|microsoft|firebase|airtable|lisbon|boston|london|" \
	"houston|clarity|figma|"

#define COMMON_END \
	"|tion|sion|ment|ness|ship|ance|ence|ity|ure|ful|ive|ous|ical|able|ible|tions|ments|ships|ances|ences|ities|"

#define BASE_VERB \
	"|improve|reduce|increase|hire|migrate|automate|integrate|implement|develop|create|build|grow|introduce|" \
	"replace|rewrite|refactor|teach|understand|keep|make|simplify|define|deliver|organise|organize|modernise|" \
	"modernize|prioritise|prioritize|choose|find|avoid|prevent|ensure|become|debug|deploy|maintain|consolidate|" \
	"centralise|centralize|convince|attract|retain|motivate|adapt|adopt|evaluate|select|negotiate|communicate|" \
	"collaborate|coordinate|prepare|protect|serve|solve|treat|reach|sell|win|merge|extend|expand|bring|get|learn|" \
	"write|move|deal|cope|earn|establish|explore|identify|persuade|recruit|respond|strengthen|supervise|unify|"

#define BASE_OR_NOUN \
	"|measure|handle|lead|run|scale|test|plan|support|design|review|train|open|set|use|help|balance|focus|switch|" \
	"change|cut|stop|start|launch|ship|release|fix|monitor|document|structure|mentor|coach|share|show|split|speed|" \
	"give|take|put|let|work|think|talk|speak|manage|own|drive|ask|answer|explain|describe|care|look|meet|turn|" \
	"track|store|query|load|clean|map|model|forecast|report|schedule|staff|close|market|fund|buy|pay|call|visit|"

#define DOUBLING \
	"|get|set|cut|put|run|plan|stop|ship|map|swap|win|begin|let|debug|split|"

#define OBJECT \
	"|me|us|him|them|it|you|people|everyone|everything|things|from|off|out|up|down|away|more|less|better|"

#define MINE \
	"|experience|background|knowledge|degree|love|passion|training|skills|skill|interest|certificate|certification|" \
	"years|fluency|licence|license|qualification|enthusiasm|curiosity|"

#define BRINGABLE \
	"|certificate|certification|thesis|course|degree|internship|project|talk|paper|blog|award|portfolio|licence|" \
	"license|training|volunteering|experience|background|apprenticeship|patent|article|book|diploma|doctorate|" \
	"master's|bachelor's|qualification|workshop|tutorial|"

#define HUMAN \
	"|manager|boss|colleague|friend|customer|client|wife|husband|son|daughter|mother|father|brother|sister|" \
	"predecessor|founder|ceo|cto|cfo|director|engineer|patient|pupil|student|teacher|nurse|professor|mentor|kid|" \
	"child|partner|mum|mom|dad|doctor|"

#define STATE \
	"|available|fluent|certified|trained|qualified|licensed|used|able|willing|happy|experienced|familiar|" \
	"comfortable|good|keen|interested|ready|free|accustomed|"

#define MONEY \
	"|salary|salaries|compensation|bonus|bonuses|benefits|pay|wage|wages|money|notice|visa|vacation|"

#define PRIVATE \
	"|conflict|conflicts|weakness|weaknesses|fired|gap|redundancy|illness|argument|divorce|failure|failures|mistake|" \
	"mistakes|boss|strengths|"

#define TOGETHER \
	"|talked|discussed|spoke|both|agreed|share|shared|went|looked|worked|met|laughed|compared|had|found|got|" \
	"walked|started|ended|spent|touched|covered|reviewed|solved|"

static const char *const groups[GROUP_COUNT] = {
	[GROUP_SUBJECT] = SUBJECT,
	[GROUP_DETERMINER] = DETERMINER,
	[GROUP_CLAUSE] = CLAUSE,
	[GROUP_BEFORE] = BEFORE,
	[GROUP_AFTER_HEAD] = AFTER_HEAD,
	[GROUP_OPENING] = OPENING,
	[GROUP_VERB] = VERB,
	[GROUP_NOT_PAST] = NOT_PAST,
	[GROUP_NOT_DOING] = NOT_DOING,
	[GROUP_NOT_PLURAL] = NOT_PLURAL,
	[GROUP_FINITE] = FINITE,
	[GROUP_PLURAL_VERB] = PLURAL_VERB,
	[GROUP_SORE] = SORE,
	[GROUP_COUNTED] = COUNTED,
	[GROUP_SETTING] = SETTING,
	[GROUP_COMMON] = COMMON,
	[GROUP_NAMES] = NAMES,
	[GROUP_COMMON_END] = COMMON_END,
	[GROUP_HUMAN] = HUMAN,
	[GROUP_STATE] = STATE,
	[GROUP_MONEY] = MONEY,
	[GROUP_PRIVATE] = PRIVATE,
	[GROUP_TOGETHER] = TOGETHER,
	[GROUP_BASE_VERB] = BASE_VERB,
	[GROUP_BASE_OR_NOUN] = BASE_OR_NOUN,
	[GROUP_DOUBLING] = DOUBLING,
	[GROUP_OBJECT] = OBJECT,
	[GROUP_MINE] = MINE,
	[GROUP_BRINGABLE] = BRINGABLE,
};
/* clang-format on */

bool vocabulary_has(WordGroup group, const char *word)
{
	char entry[40];
	int length = g_snprintf(entry, sizeof entry, "|%s|", word);
	return length > 2 && length < (int)sizeof entry && strstr(groups[group], entry) != NULL;
}

/* The next entry after a bar, and the bar behind it; NULL after the last. */
static const char *next_entry(const char *bar, const char **ret_end)
{
	const char *entry = bar + 1;
	*ret_end = strchr(entry, '|');
	return *ret_end != NULL ? entry : NULL;
}

bool vocabulary_match_end(WordGroup group, const char *word)
{
	const char *end;
	size_t length = strlen(word);
	for (const char *entry = next_entry(groups[group], &end); entry != NULL; entry = next_entry(end, &end)) {
		size_t ending = (size_t)(end - entry);
		if (length > ending + 2 && strncmp(word + length - ending, entry, ending) == 0)
			return true;
	}
	return false;
}
