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
	"over|during|after|before|behind|across|i|we|you|"

#define OPENING \
	"|the|way|reason|everything|things|much|work|"

#define VERB \
	"|was|were|am|is|are|had|have|has|did|didn't|can|could|couldn't|gave|told|built|led|said|got|made|ran|wrote|" \
	"took|won|taught|spent|kept|knew|went|grew|held|felt|saw|met|sold|found|brought|began|became|spoke|forgot|" \
	"speak|know|like|love|enjoy|want|prefer|share|used|liked|"

#define NOT_PAST \
	"|shared|advanced|distributed|automated|applied|detailed|limited|unlimited|embedded|dedicated|experienced|" \
	"skilled|based|related|unified|integrated|connected|educated|hundred|united|mixed|fixed|managed|proposed|" \
	"planned|relaxed|motivated|talented|diversified|balanced|structured|unstructured|supervised|unsupervised|" \
	"so-called|complicated|combined|targeted|federated|nested|red|certified|improved|increased|recommended|" \
	"required|desired|"

#define NOT_DOING \
	"|thing|something|anything|everything|nothing|morning|evening|spring|string|during|bring|ceiling|amazing|" \
	"interesting|exciting|outstanding|challenging|growing|existing|upcoming|willing|welcoming|encouraging|" \
	"inspiring|caring|demanding|ongoing|leading-edge|"

#define NOT_PLURAL \
	"|this|does|always|perhaps|things|analysis|business|process|across|news|sometimes|plus|focus|status|sales|" \
	"less|serious|various|previous|ships|works|needs|wants|means|"

#define FINITE \
	"|is|are|was|were|has|have|had|can|will|would|should|could|isn't|aren't|does|did|don't|doesn't|went|seems|" \
	"seemed|feels|felt|wants|needs|want|cares|care|matters|matter|comes|came|ships|works|helps|listens|learns|" \
	"shares|meets|grows|owns|builds|thinks|trusts|respects|gives|takes|makes|knows|gets|goes|sees|keeps|lets|" \
	"tries|says|hires|teaches|means|sounds|likes|loves|runs|writes|speaks|asks|"

#define PLURAL_VERB \
	"|come|work|ship|use|write|review|test|talk|listen|learn|help|share|meet|start|run|grow|own|build|move|think|" \
	"trust|value|respect|support|give|take|make|know|look|get|go|see|find|feel|keep|let|try|put|do|say|hire|" \
	"teach|train|plan|need|want|like|love|care|matter|speak|read|ask|answer|decide|choose|change|stay|live|drive|" \
	"eat|play|win|lose|buy|sell|pay|send|bring|hold|stand|sit|stop|begin|enjoy|prefer|rotate|"

#define SORE \
	"|left|leaving|leave|fired|quit|quitting|resigned|dismissed|redundancy|gap|gaps|salary|pay|wage|money|" \
	"nervous|nerves|nervousness|weak|weakness|weaknesses|lack|lacking|missing|not|no|never|too|bad|badly|poor|" \
	"poorly|late|wrong|mistake|mistakes|failed|failing|failure|rambled|rambling|forgot|vague|unclear|confused|" \
	"blank|stumbled|slow|boring|illness|ill|sick|divorce|age|children|pregnancy|conflict|argument|boss|"

#define COUNTED \
	"|mission|product|codebase|role|position|way|sense|mix|process|project|plan|strategy|manager|roadmap|" \
	"schedule|approach|commitment|question|answer|case|exercise|challenge|problem|model|system|pipeline|" \
	"dashboard|platform|architecture|migration|launch|budget|structure|report|tool|task|timeline|interview|" \
	"presentation|example|story|idea|stack|database|warehouse|library|framework|outage|incident|review|workflow|" \
	"backlog|release|redesign|reorganisation|reorganization|merger|acquisition|move|switch|shift|app|website|" \
	"campaign|forecast|survey|study|experiment|handover|transition|"

#define SETTING \
	"|team|company|group|place|office|culture|environment|atmosphere|community|department|business|startup|" \
	"workplace|lab|school|agency|studio|firm|"

#define COMMON \
	"|about |access|account|accounting|accounts|agencies|agency|agile|agreed|alert|alerts|algorithm|algorithms|" \
	"analysis|analyst|analysts|analytics|animals|annual|answer about |answer on |answer to |answered |answers|" \
	"app|apprentices|apps|architecture|art|artificial|automation|autonomy|autumn|average|back-end|background|" \
	"backup|backups|bank|banks|basic|batteries|battery|beginners|beginning|benefits|best|better|big|biology|" \
	"books|boss|both|brand|brands|breakfast|bridge|budget|budgets|bug|bugs|building|buildings|business|" \
	"businesses|busy|call|calls|calm|care|career|careers|careful|case|cases|cats|challenge|challenges|change|" \
	"changes|chatted about |chemistry|child|children|cities|city|claim|claims|class|classes|clear|client|clients|" \
	"climate|clinical|close|cloud|coaching|code|coding|coffee|collaboration|collaborative|colleague|colleagues|" \
	"color|colors|colour|colours|common|communication|companies|company|compared|competition|competitor|" \
	"competitors|constructive|content|contract|contracts|conversation about |core|cost|costs|countries|country|" \
	"court|covered|creative|credit|critical|cross-functional|culture|curious|customer|customers|customers-first|" \
	"daily|dashboard|dashboards|data|database|databases|day|day-to-day|days|debugging|deliveries|delivery|demand|" \
	"deployment|deployments|described |design|designer|designers|desk|developer|developers|did not get to |" \
	"did not mention |did not mention that |didn't mention |didn't mention that |different|difficult|digital|" \
	"dinner|direct|discussed|discussed |discussing |discussion about |discussion of |diverse|diversity|doctor|" \
	"doctors|dogs|donor|donors|driver|drivers|early|easy|education|email|emails|employee|employees|end|" \
	"end-to-end|ended|energy|engineer|engineers|equality|error|errors|evening|evenings|event|events|everything|" \
	"exam|exams|excellent|exciting|experience|explained |explanation of |external|factories|factory|fair|" \
	"fairness|families|family|family-friendly|fast|feature|features|feedback|figure|figures|file|files|film|" \
	"films|finance|financial|first|flat|fleet|flexible|focus|food|forecast|forecasting|forecasts|" \
	"forgot to mention |forgot to mention that |forgot to say that |form|formal|forms|found|fraud|frequent|" \
	"friendly|front-end|full-stack|full-time|future|game|games|garden|general|global|goal|goals|good|" \
	"good-humoured|got|government|graduates|grant|grants|great|green|grid|growing|growth|guests|had|half|" \
	"handled |hands|hands-on|hard|hardware|health|healthy|helpful|high|hiking|hiring|history|holiday|holidays|" \
	"home|honest|honesty|hour|hours|house|human|humor|humour|hybrid|i answered |i described |i did not mention |" \
	"i did not mention that |i didn't get to mention |i didn't mention |i didn't mention that |i explained |" \
	"i forgot to mention |i forgot to mention that |i forgot to say that |i handled |i should have mentioned |" \
	"i should have mentioned that |i solved |ideas|image|images|impact|important|incident|incidents|inclusion|" \
	"independent|indirect|individual|industries|industry|informal|infrastructure|innovative|insurance|" \
	"integration|integrations|interesting|interface|interfaces|internal|international|interns|inventory|invoice|" \
	"invoices|issue|issues|job|jobs|joint|juniors|kanban|key|kind|kindness|kitchen|language|languages|large|last|" \
	"late|laughed|launch|launches|law|leader|leaders|lean|learning|legacy|legal|lesson|lessons|letter|letters|" \
	"library|life|line|lines|loan|loans|local|local-first|logistics|long|long-term|looked|low|low-code|low-key|" \
	"lunch|machine|machines|main|making|manager|managers|map|maps|margins|market|marketing|markets|math|maths|" \
	"media|medical|medicine|meeting|meetings|member|members|mention |mention that |mentoring|menu|menus|met|" \
	"metric|metrics|migration|mission|mixed|mobile|model|models|modern|money|month|monthly|months|morning|" \
	"mornings|museum|music|mutual|my answer about |my answer on |my answer to |my explanation of |nature|" \
	"negative|network|networks|new|newcomers|next|nice|night|night-time|nights|no-code|no-nonsense|normal|number|" \
	"numbers|nurse|nurses|nursing|office|offices|old|onboarding|one-on-one|one-to-one|open|open-source|openness|" \
	"operations|order|orders|organic|our conversation about |our discussion about |our discussion of |ownership|" \
	"page|pages|pair|paper|papers|parent|parents|part-time|part-timers|particular|partner|partners|passengers|" \
	"passwords|past|patient|patient-centred|patients|peer|people|permissions|personal|phone|photo|photos|physics|" \
	"pipeline|pipelines|plans|plant|plants|platform|platforms|policies|policy|positive|practical|press|price|" \
	"prices|pricing|print|privacy|private|problem|problems|process|product|products|profit|project|projects|" \
	"public|pupil|pupils|quality|quarterly|question|questions|quick|quiet|rapport|rare|reading|real|real-time|" \
	"record|records|region|regions|regular|relaxed|release|releases|remote|report|reporting|reports|research|" \
	"residents|respect|responsibility|result|results|returns|revenue|reviewed|risk|risks|road|roads|room|rooms|" \
	"route|routes|running|safety|salary|sales|same|scrum|search|second|security|seniors|server|servers|service|" \
	"services|share|shared|shift|shifts|shop|shops|short|short-staffed|short-term|should have mentioned |similar|" \
	"simple|site|sites|skills|slow|small|social|software|solar|solid|solved|solved |something|sound|speaking|" \
	"special|spent|spoke|spoke about |sport|sports|spreadsheet|spreadsheets|spring|stable|stack|staff|" \
	"stakeholder|stakeholders|stand-up|stand-ups|standups|start|started|startup|startups|statistics|steady|stock|" \
	"store|stores|stories|story|strong|student|students|summer|supplier|suppliers|supply|support|sustainable|" \
	"system|systems|table|tables|talked|talked about |talking about |target|targets|tax|taxes|tea|teacher|" \
	"teachers|teaching|team|teams|teamwork|tech|technical|technologies|technology|tenants|test|testing|tests|" \
	"text|texts|that |the answer about |the answer on |the answer to |the fact that |things|third|time|tool|" \
	"tools|topic|topic: |topics|total|touched|town|towns|traditional|trainees|translation|travel|truck|trucks|" \
	"trust|typical|understaffed|unit|useful|user|user-friendly|users|values|vendor|vendors|version|versions|" \
	"video|videos|village|villages|visit|visiting|visitors|visits|voice|volunteer|volunteering|volunteers|walked|" \
	"ward|warehouse|warehouses|warm|waste|water|ways|we also talked about |we chatted about |we discussed |" \
	"we spoke about |we talked about |weather|web|web-based|website|websites|week|weekend|weekends|weekly|weeks|" \
	"well-organised|well-run|went|whole|wind|winter|word|words|work|work-life|worked|worker|workers|world|" \
	"writing|year|years|"

#define NAMES \
	"|notion|unity|confluence|trinity|serenity|infinity|august|microsoft|firebase|airtable|lisbon|boston|london|" \
	"houston|clarity|figma|"

#define COMMON_END \
	"|tion|sion|ment|ness|ship|ance|ence|ity|ure|ful|ive|ous|ical|able|ible|tions|ments|ships|ances|ences|ities|"

#define LEAD \
	"|we talked about |we also talked about |we spoke about |we discussed |we chatted about |talked about |" \
	"spoke about |chatted about |discussed |discussing |talking about |discussion of |discussion about |" \
	"our discussion of |our discussion about |our conversation about |conversation about |about |topic: |" \
	"the fact that |that |"

#define LEAD_UNSAID \
	"|i forgot to mention that |i forgot to mention |i forgot to say that |i did not mention that |" \
	"i did not mention |i didn't mention that |i didn't mention |i didn't get to mention |" \
	"forgot to mention that |forgot to mention |forgot to say that |did not mention that |did not mention |" \
	"didn't mention that |didn't mention |did not get to |i should have mentioned that |i should have mentioned |" \
	"should have mentioned |mention that |mention |"

#define LEAD_ANSWER \
	"|my answer about |my answer on |my answer to |the answer about |the answer on |the answer to |answer about |" \
	"answer on |answer to |my explanation of |explanation of |i answered |answered |i explained |explained |" \
	"i handled |handled |i solved |solved |i described |described |"

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
	[GROUP_LEAD] = LEAD,
	[GROUP_LEAD_UNSAID] = LEAD_UNSAID,
	[GROUP_LEAD_ANSWER] = LEAD_ANSWER,
	[GROUP_TOGETHER] = TOGETHER,
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

size_t vocabulary_match_start(WordGroup group, const char *text)
{
	const char *end;
	for (const char *entry = next_entry(groups[group], &end); entry != NULL; entry = next_entry(end, &end)) {
		size_t length = (size_t)(end - entry);
		if (g_ascii_strncasecmp(text, entry, length) == 0 && text[length] != '\0')
			return length;
	}
	return 0;
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
