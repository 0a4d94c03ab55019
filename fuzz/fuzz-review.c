/* fuzz-review.c - any bytes as a note, reviewed without facts and with them.
 *
 * What is refused is refused in one sentence; what is reviewed has findings within the note, at characters' edges, each
 * with a message.  The same bytes are also the note of a colleague, so that notes are compared.
 */
#include <base/error.h>
#include <facts/facts-json.h>
#include <note/review.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char facts_text[] =
	"{\"version\":1,\"timezone\":\"America/Phoenix\",\"me\":{\"name\":\"Ana Reyes\",\"skills\":[\"SQL\"]},"
	"\"opportunity\":{\"company\":\"Globex Data\",\"position\":\"Data analyst\",\"requirements\":[\"SQL\"]},"
	"\"people\":[{\"id\":\"finn\",\"name\":\"Huck Finn\",\"salutation\":\"Mr. Finn\"},{\"id\":\"hale\",\"name\":\"John "
	"Hale\"}],"
	"\"interviews\":[{\"id\":\"onsite\",\"kind\":\"panel\",\"start\":\"2026-11-17T10:00\",\"end\":\"2026-11-17T11:00\","
	"\"with\":[\"finn\",\"hale\"],\"promise\":{\"decision_by\":\"2026-11-26\"}}],"
	"\"debriefs\":[{\"interview\":\"onsite\",\"at\":\"2026-11-17T12:00\",\"topics\":[{\"with\":\"finn\",\"text\":\"the "
	"forecast\"}],\"unsaid\":[\"an evening course\"]}]}";

static void check_findings(const Review *review, const char *note, size_t size)
{
	size_t before = 0;
	for (guint i = 0; i < review->findings->len; i++) {
		const Finding *finding = review_finding(review, i);
		g_assert_true(before <= finding->start && finding->start <= finding->end && finding->end <= size);
		g_assert_true(g_utf8_validate(note + finding->start, (gssize)(finding->end - finding->start), NULL));
		g_assert_true(g_utf8_validate(finding->message, -1, NULL) && *finding->message != '\0');
		g_assert_nonnull(review_rule_name((int)finding->rule));
		for (char **suggest = finding->suggest; *suggest; suggest++)
			g_assert_true(g_utf8_validate(*suggest, -1, NULL));
		before = finding->start;
	}
}

static void check_note(const ReviewRequest *request)
{
	g_autoptr(Review) review = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	JsonOut out = json_out(text, false);
	if (!review_note(request, &review, &error)) {
		g_assert_error(error, BASE_ERROR, BASE_ERROR_INVALID);
		g_assert_null(strpbrk(error->message, "\n\r\x1b"));
		return;
	}
	check_findings(review, request->note, request->length);
	review_format(review, request->note, &out);
	g_assert_true(g_utf8_validate(text->str, (gssize)text->len, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const elsewhere[] = {"Acme", "Initech", NULL};
	g_autofree char *copy = g_strndup((const char *)data, size);
	const char *others[] = {copy, NULL};
	g_autoptr(Facts) facts = NULL;
	ReviewRequest request = REVIEW_REQUEST_INIT;
	request.note = (const char *)data;
	request.length = size;
	request.must = (1u << MUST_COUNT) - 1;
	check_note(&request);
	g_assert_true(facts_parse(facts_text, strlen(facts_text), &facts, NULL));
	request.facts = facts;
	request.to = 0;
	request.interview = 0;
	request.step = STEP_THANK_YOU;
	request.channel = size % CHANNEL_COUNT;
	request.send_at = 1795000000 + (int64_t)size * 40000;
	request.others = others;
	request.other_companies = elsewhere;
	check_note(&request);
	return 0;
}
